/** `gaitway simulate`: a whole study on this machine, with every client simulated from a data folder. */

import { COORDINATOR, type Fleet, inMemoryFleet, type LocalData, type Study } from '@gaitway/core';
import { drawnDurations } from '@gaitway/core/engine';
import { stagePlans } from '@gaitway/core/study';
import { classPriorOf } from '@gaitway/core/train';
import {
  addDataOptions,
  addOutputOptions,
  addRunOptions,
  conductStudy,
  createReporter,
  dataCheck,
  type DataOptions,
  defaultRunFolder,
  defaultWorkers,
  interruptionSignal,
  loadSimulation,
  openParticipantPool,
  type OutputOptions,
  parseCount,
  type ParticipantPool,
  readCohorts,
  refuseAbsentClients,
  readStudyFile,
  readStudyModels,
  renderRunSummary,
  resolveStudy,
  runBaselines,
  runFolder,
  type Reporter,
  type RunOptions,
  type StudyConduct,
  type TimedBaseline,
} from '@gaitway/node';
import type { Command } from 'commander';
import { dataSource } from '../train-options.js';

/** A name among the participants of the pool. It begins with a space, so it differs from the name of every client. */
const CLIENT_PEOPLE = ' people of the clients';

interface SimulateOptions extends DataOptions, OutputOptions, RunOptions {
  readonly workers?: number;
  readonly cohorts?: string;
  readonly budget?: string;
}

/** Gives the sub-command its arguments, options and action. */
export function simulateCommand(command: Command): Command {
  command
    .argument('<study>', 'study file, YAML or JSON')
    .option('--workers <number>', 'threads that train clients side by side (default: one a core)', parseCount(1))
    .option('--cohorts <dir>', 'run of the same study whose rounds are repeated: only those count who did in it')
    .option('--budget <dir>', "folder of a privacy ledger that all runs on these people share (default: the run's own)")
    .addHelpText('after', '\nExample:\n  $ gaitway simulate study.yaml --data MotionSense --workers 2');
  return addOutputOptions(addRunOptions(addDataOptions(command))).action(simulate);
}

async function simulate(studyFile: string, options: SimulateOptions): Promise<void> {
  const reporter = createReporter(options);
  const signal = interruptionSignal();
  const written = await readStudyFile(studyFile, options.seed);
  const folder = options.run ?? defaultRunFolder(written.name, new Date());
  const source = dataSource(options.data, options.layout, dataCheck(options, reporter));
  const resolving = { folder, source, backend: options.backend, reporter, signal };
  const { study, choice, backend: requested } = await resolveStudy(written, resolving);
  const models = await readStudyModels(study, studyFile);
  const cohorts = options.cohorts === undefined ? undefined : await readCohorts(options.cohorts, study);
  reporter.status('reading recordings …');
  const { normalisation, data, clientTest } = await loadSimulation(study, source);
  const clients = [...data.keys()].filter((client) => client !== COORDINATOR);
  refuseAbsentClients(cohorts, clients);
  const { workers = defaultWorkers(requested), budget } = options;
  await using pool = await openParticipantPool({
    workers,
    ...(requested && { backend: requested }),
    seed: study.seed,
    stages: stagePlans(study),
    data: clientTest ? new Map([...data, [CLIENT_PEOPLE, clientTest]]) : data,
    memory: runFolder(folder).memory,
  });
  reporter.line(`Study "${study.name}": ${clients.length} clients, backend ${pool.backend}, workers ${workers}`);
  tellDeadlines(study, reporter);
  const given = { ...(choice && { choice }), ...(normalisation && { normalisation }) };
  const run = await conductStudy({
    study,
    run: { folder, command: 'simulate', backend: pool.backend, ...given },
    fleet: fleetOf(pool, clients, workers),
    coordinator: pool.participant(COORDINATOR),
    clientPeople: clientTest && pool.participant(CLIENT_PEOPLE),
    classPrior: classPriorOf(data.get(COORDINATOR)?.labelled),
    models,
    cohorts,
    budget,
    baselines: baselinesFor(study, data.get(COORDINATOR), reporter),
    durations: drawnDurations(study.seed),
    traffic: () => ({ bytesDown: 0, bytesUp: 0 }),
    reporter,
    signal,
  });
  reporter.outcome({ run: run.folder.path, ...run.result }, `\n${renderRunSummary(run)}`);
}

function fleetOf(pool: ParticipantPool, clients: readonly string[], workers: number): Fleet {
  const participants = clients.map((client) => [client, pool.participant(client)] as const);
  return inMemoryFleet(new Map(participants), { concurrency: workers });
}

/** Undefined where the coordinator has no labelled windows to learn from or to test on. */
function baselinesFor(
  { activities, seed }: Study,
  { labelled, test }: LocalData = {},
  reporter: Reporter,
): StudyConduct['baselines'] {
  if (!labelled || !test) {
    return undefined;
  }
  const onResult = ({ name, evaluation, seconds }: TimedBaseline): void => {
    reporter.line(`baseline ${name}: weighted F1 ${evaluation.weightedF1.toFixed(3)}, ${seconds.toFixed(1)} s`);
  };
  return async (signal) => {
    const timed = await runBaselines({ train: labelled, test, activities, seed }, { signal, onResult });
    return timed.map(({ name, evaluation }) => ({ name, evaluation }));
  };
}

function tellDeadlines(study: Study, reporter: Reporter): void {
  if (study.stages.some((stage) => stage.where === 'clients' && stage.cohort.deadline !== undefined)) {
    reporter.line('Deadlines do not count here: simulated clients share this machine, so rounds wait for them.');
  }
}
