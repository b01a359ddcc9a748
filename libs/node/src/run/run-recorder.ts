/** Stores a run on disk while it goes on, so that what was learned survives whatever happens next. */

import { studyDigest, type Checkpoint, type RoundReport, type Study } from '@gaitway/core';
import type { RecordedCohorts } from '@gaitway/core/engine';
import type { Normalisation } from '@gaitway/core/inputs';
import { digestJson } from '@gaitway/core/internal';
import { rm } from 'node:fs/promises';
import { writeFileAtomically } from '../files/atomic-write.js';
import type { ClaimKind } from '../files/claim.js';
import type { RecordedChoice } from './choice-file.js';
import { appendEvents, roundEvents, type RunCommand, type RunEvent } from './events/events.js';
import { appendJsonLines } from '../files/json-lines.js';
import { type OpenedRun, openRunFolder } from './open-run-folder.js';
import type { RoundLine, RoundPhases } from './round-line.js';
import { parametersDigest } from '../files/parameters-digest.js';
import type { RunFolder } from './run-folder.js';
import type { RunIdentity } from './run-identity.js';
import { withLine, type RunProgress } from './events/run-progress.js';
import type { RunResult, StageResult, Traffic } from './run-result.js';
import { mendModels, storeModel } from './stage-models.js';
import type { RunState } from './state/run-state.js';
import { writeState } from './state/state-folder.js';
import { gaitwayVersion } from './version.js';

export interface RunPlan extends ClaimKind {
  /** Path of the run's folder, which is created if necessary. */
  readonly folder: string;
  readonly study: Study;
  readonly backend: string;
  /** The command of Gaitway that conducts the run; absent in other programs. */
  readonly command?: RunCommand;
  /** How the study's recipe was chosen; absent where the study specified it. */
  readonly choice?: RecordedChoice;
  /** Absent where each site normalises by its own recordings. */
  readonly normalisation?: Normalisation;
  /** The clients whose answers count, where the rounds of another run are repeated. */
  readonly cohorts?: RecordedCohorts | undefined;
  /** Returns the number of bytes to and from the clients, in this process so far. */
  readonly traffic: () => Traffic;
  readonly now: () => Date;
}

/** Parts of a result that do not come from the rounds. */
export type ResultBesides = Pick<RunResult, 'clientEvaluation' | 'baselines' | 'privacy'>;

/**
 * Writes a run's folder: `for await (const report of runStudy(…)) await recorder.record(report)`. Disposing of it
 * releases the folder for other processes.
 */
export interface RunRecorder extends AsyncDisposable {
  readonly folder: RunFolder;
  /** Path of a file that exists once somebody wants the run to stop. */
  readonly stopNote: string;
  /** Where an interrupted run continues. */
  readonly resume: Checkpoint | undefined;
  /** Messages about damaged parts of the interrupted run. */
  readonly warnings: readonly string[];
  /**
   * Stores a round as soon as it has ended, and with the last round of a stage the model of the stage. The round is
   * finished when its state is on the disk, which is written last: before that, it would be repeated.
   */
  record(report: RoundReport, phases?: RoundPhases): Promise<void>;
  /** Finished stages whose models are evaluated. */
  evaluatedStages(): readonly StageResult[];
  /** Writes the result, with the parts that do not come from the rounds. */
  finish(besides?: ResultBesides): Promise<RunResult>;
  /** Removes what the run would need to continue, because nothing is left to do. */
  seal(): Promise<void>;
  /** Records the end of a pause, whose duration does not count for any round. */
  unpause(): Promise<void>;
  /** Appends an event to the log, after those of a round that is being stored. */
  readonly note: (event: RunEvent) => Promise<void>;
  /** Records why the run ends without a result. */
  stop(reason: string): Promise<void>;
}

/**
 * Creates a run's folder with its study, or continues the same run where it was interrupted.
 *
 * @throws InvalidInput when the folder holds another run or a finished one, or another process works in it.
 */
export async function startRun(plan: RunPlan): Promise<RunRecorder> {
  const { study, now } = plan;
  const identity = await identityOf(plan);
  const opened = await openRunFolder(plan.folder, study, identity, plan);
  const { folder, before, stopNote } = opened;
  const warnings = [...opened.warnings, ...(await mendModels(plan, identity, opened))];
  const log = (...events: readonly RunEvent[]): Promise<void> => appendEvents(folder.events, now(), events);
  await log(...openingEvents({ ...opened, warnings }, plan.command));
  let { progress, state } = opened;
  let roundStart = now();
  return inOrder({
    folder,
    stopNote,
    resume: before?.checkpoint,
    warnings,
    record: async ({ checkpoint, ...report }, phases) => {
      const roundEnd = now();
      const line = roundLine(report, { seconds: secondsBetween(roundStart, roundEnd), ...(phases && { phases }) });
      roundStart = roundEnd;
      const finishedBefore = progress.stages.length;
      progress = withLine(progress, line, study.activities);
      const stageFinished = progress.stages.length > finishedBefore;
      const model = stageFinished && { model: await storeModel(plan, identity, report) };
      state = { ...state, rounds: state.rounds + 1, traffic: trafficOf(plan, before), ...model, checkpoint };
      const appended = appendJsonLines(folder.rounds, [line]);
      await Promise.all([appended, writeState(folder.state, state, appended)]);
      await log(...roundEvents(line), ...(stageFinished ? [stageEvent(line)] : []));
    },
    evaluatedStages: () => progress.stages.filter(({ name }) => Object.hasOwn(progress.evaluation, name)),
    finish: async (besides = {}) => {
      const result = { ...resultOf(plan, state, progress, trafficOf(plan, before)), ...besides };
      await writeFileAtomically(folder.result, `${JSON.stringify(result, undefined, 2)}\n`);
      await log({ event: 'run-finished' });
      return result;
    },
    seal: () => removeState(folder),
    unpause: async () => {
      await log({ event: 'run-unpaused' });
      roundStart = now();
    },
    note: (event) => log(event),
    stop: (reason) => log({ event: 'run-stopped', reason }),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  });
}

/** Makes events that occur while a round is being stored follow those of the round. */
function inOrder(recorder: RunRecorder): RunRecorder {
  let recorded = Promise.resolve();
  return {
    ...recorder,
    record: (report, phases) => (recorded = recorder.record(report, phases)),
    note: (event) => recorded.catch(() => undefined).then(() => recorder.note(event)),
  };
}

async function removeState({ pause, state }: RunFolder): Promise<void> {
  await rm(pause, { force: true });
  await rm(state, { recursive: true, force: true });
}

async function identityOf({ study, backend, normalisation, cohorts }: RunPlan): Promise<RunIdentity> {
  return {
    gaitway: gaitwayVersion,
    study: study.name,
    seed: study.seed,
    digest: await studyDigest(study),
    backend,
    ...(normalisation && { normalisation }),
    cohorts: cohorts ? await digestJson([...cohorts]) : 'as drawn',
  };
}

function openingEvents({ before, warnings, state }: OpenedRun, command?: RunCommand): readonly RunEvent[] {
  const by = command && { command };
  const { study, digest, backend, gaitway } = state.identity;
  if (!before) {
    return [{ event: 'run-started', study, digest, backend, gaitway, ...by }];
  }
  const { rounds, checkpoint } = before;
  return [
    ...warnings.map((reason): RunEvent => ({ event: 'state-damaged', reason })),
    {
      event: 'run-resumed',
      rounds,
      ...(checkpoint && { stage: checkpoint.stage, round: checkpoint.round }),
      ...(gaitway !== gaitwayVersion && { gaitway: gaitwayVersion }),
      ...by,
    },
  ];
}

/** Total traffic of all processes that worked on the run. */
function trafficOf({ traffic }: RunPlan, before: RunState | undefined): Traffic {
  const { bytesDown, bytesUp } = traffic();
  return {
    bytesDown: bytesDown + (before?.traffic.bytesDown ?? 0),
    bytesUp: bytesUp + (before?.traffic.bytesUp ?? 0),
  };
}

/** The report of a round without the checkpoint from which the next one continues. */
type FinishedRound = Report<RoundReport>;

type Report<R> = R extends unknown ? Omit<R, 'checkpoint'> : never;

function stageEvent({ stage, parametersSha256 }: RoundLine): RunEvent {
  return { event: 'stage-finished', stage, parametersSha256 };
}

function roundLine({ parameters, ...line }: FinishedRound, times: Pick<RoundLine, 'seconds' | 'phases'>): RoundLine {
  return { ...line, ...times, parametersSha256: parametersDigest(parameters) };
}

function resultOf(
  { choice }: RunPlan,
  { identity, model }: RunState,
  { stages, evaluation, clients }: RunProgress,
  traffic: Traffic,
): RunResult {
  if (!model) {
    throw new Error('a run without a finished stage has no result');
  }
  const { study: name, digest, seed, gaitway, backend } = identity;
  return {
    study: { name, digest, seed },
    gaitway,
    backend,
    ...(choice && { choice }),
    stages,
    evaluation,
    clients,
    traffic,
    model,
  };
}

/** Seconds with a resolution of milliseconds. */
function secondsBetween(start: Date, end: Date): number {
  return Math.max(0, end.getTime() - start.getTime()) / 1000;
}
