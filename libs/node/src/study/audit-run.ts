/**
 * Audits a finished simulation: attacks on its models, and canaries in a training of its own, whose lower bound of
 * epsilon stands beside the accountant's upper bound.
 */

import { COORDINATOR, InvalidInput, type Issue, type LocalData, type Study } from '@gaitway/core';
import type { StoredModel } from '@gaitway/core/classifier';
import { windowCount } from '@gaitway/core/data';
import { canaryObstacle } from '@gaitway/core/engine';
import { canonicalJson } from '@gaitway/core/internal';
import { join } from 'node:path';
import { type BackendName, parseBackendName } from '../backend/backend-name.js';
import { loadBackend } from '../backend/load-backend.js';
import { readModel } from '../models/model-file.js';
import { duration } from '../report/format.js';
import { writeReport } from '../report/render-report.js';
import { type RunAudit, writeAudit } from '../run/audit-file.js';
import { readRun, type Run } from '../run/read-run.js';
import { modelPath } from '../run/run-folder.js';
import { gaitwayVersion } from '../run/version.js';
import type { Reporter } from '../terminal/reporter.js';
import { defaultWorkers } from '../worker/participant-pool.js';
import { auditCanaries } from './audit-canaries.js';
import { type AuditedPeople, auditMembership, withLabels } from './audit-membership.js';
import { type DataSource, loadSimulation, type SimulationData } from './load-data.js';

export interface AuditOptions {
  /** Path of the run's folder. */
  readonly folder: string;
  /** The recordings that the simulation had. */
  readonly source: DataSource;
  /** How many times the stages on clients are trained again with canaries; 0 leaves the canaries out. */
  readonly trials: number;
  /** One for each core by default; a single one for the native backend. */
  readonly workers?: number | undefined;
  /** The run's by default. */
  readonly backend?: BackendName | undefined;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** A run with its audit. */
export type AuditedRun = Run & { readonly audit: RunAudit };

/**
 * Audits a run, writes `audit.json` into its folder, and its report anew.
 *
 * @throws InvalidInput when the folder holds no finished run, its models or its ledger were changed, or the recordings are
 *   not those of the run; StudyStopped when the canaries' training cannot go on; the signal's reason when it aborts
 */
export async function auditRun(options: AuditOptions): Promise<AuditedRun> {
  const { folder, source, reporter, signal } = options;
  const run = await readRun(folder);
  const { study, result } = run;
  const models = await readModels(run);
  reporter.status('reading recordings …');
  const data = await loadSimulation(study, source);
  requireSameRecordings(run, models, data);
  const preferred = options.backend ?? parseBackendName(result.backend, `${run.folder.result}, backend`);
  const { name: backend } = await loadBackend(preferred);
  reporter.status('attacking the models …');
  const trained = [...models].map(([stage, { parameters, metadata: { network } }]) => [stage, { parameters, network }] as const); // prettier-ignore
  const membership = await auditMembership({ study, models: new Map(trained), people: auditedPeople(data) }, signal);
  const audit: RunAudit = {
    studyDigest: result.study.digest,
    gaitway: gaitwayVersion,
    backend,
    membership,
    ...(await canariesOf(run, { ...options, backend }, { data: data.data, models })),
  };
  await writeAudit(run.folder, audit);
  return { ...(await writeReport(folder)), audit };
}

/** The audit with canaries, or why there is none. */
async function canariesOf(
  run: Run,
  {
    trials,
    backend,
    workers = defaultWorkers(backend),
    reporter,
    signal,
  }: AuditOptions & { readonly backend: BackendName },
  { data, models }: Pick<SimulationData, 'data'> & { readonly models: ReadonlyMap<string, StoredModel> },
): Promise<Pick<RunAudit, 'canaries' | 'withoutCanaries'>> {
  const { study, folder } = run;
  const obstacle = trials === 0 ? 'none was asked for' : (canaryObstacle(study) ?? storedStart(study));
  if (obstacle !== undefined) {
    return { withoutCanaries: obstacle };
  }
  tellCost(run, trials, reporter);
  const results = Object.fromEntries([...models].map(([stage, { parameters }]) => [stage, parameters]));
  return {
    canaries: await auditCanaries({ study, folder, data, results, trials, workers, backend, reporter, signal }),
  };
}

/** The models of all stages. @throws InvalidInput when one is of another study */
async function readModels({ folder, study, result }: Run): Promise<ReadonlyMap<string, StoredModel>> {
  const models = new Map<string, StoredModel>();
  for (const { name } of study.stages) {
    const path = join(folder.path, modelPath(name));
    const model = await readModel(path);
    if (model.metadata.studyDigest !== result.study.digest) {
      const message = `expected a model of the study ${result.study.digest}, found one of ${model.metadata.studyDigest}`;
      throw new InvalidInput(path, [{ path: 'studyDigest', message }]);
    }
    models.set(name, model);
  }
  return models;
}

/**
 * Attacks on people whom no model knows would find nothing, and say so of people whom nobody asked about.
 *
 * @throws InvalidInput naming what differs from the run
 */
function requireSameRecordings(
  { result, folder }: Run,
  models: ReadonlyMap<string, StoredModel>,
  { data, normalisation }: SimulationData,
): void {
  const [model] = models.values();
  const wanted = canonicalJson(model?.metadata.normalisation ?? 'none');
  const found = canonicalJson(normalisation ?? 'none');
  const tested = Object.values(result.evaluation)[0]?.windows;
  const test = countOf(data.get(COORDINATOR)?.test);
  const issues: readonly Issue[] = [
    ...(wanted === found ? [] : [{ path: 'normalisation', message: `expected ${wanted}, found ${found}` }]),
    ...(tested === undefined || tested === test
      ? []
      : [{ path: 'evaluation', message: `expected ${tested} windows of the test people, found ${test}` }]),
    ...result.clients.flatMap(({ name, windows }) => differences(name, windows, data.get(name))),
  ];
  if (issues.length > 0) {
    throw new InvalidInput(`${folder.path}, recordings other than those of the run`, issues);
  }
}

function differences(name: string, windows: number | null, own: LocalData | undefined): readonly Issue[] {
  const path = `clients.${name}`;
  if (!own) {
    return [{ path, message: 'expected its recordings, found none: only simulations can be audited' }];
  }
  const count = countOf(own.labelled) + countOf(own.unlabelled);
  return windows === null || windows === count
    ? []
    : [{ path, message: `expected ${windows} windows, found ${count}` }];
}

function countOf(windows: LocalData['test']): number {
  return windows ? windowCount(windows) : 0;
}

/** The clients' own labels, where they learn from them, else those that only a simulation knows. */
function auditedPeople({ data, clientTest }: SimulationData): AuditedPeople {
  const coordinator = data.get(COORDINATOR);
  const clients = [...data].filter(([name]) => name !== COORDINATOR).map(([, { labelled }]) => labelled);
  return {
    labelled: withLabels(coordinator?.labelled),
    clients: withLabels(...(clientTest ? [clientTest.test] : clients)),
    test: withLabels(coordinator?.test),
  };
}

/** Why a stage cannot be trained again from the run's folder alone. */
function storedStart({ stages }: Study): string | undefined {
  const stage = stages.find(({ where, from }) => where === 'clients' && typeof from === 'object');
  return stage && `stage "${stage.name}" starts from a stored model, which the run's folder does not have`;
}

/** Canaries cost some seconds a round beside: how many depends on the size of the network. */
function tellCost({ result }: Run, trials: number, reporter: Reporter): void {
  const seconds = result.stages.reduce((sum, stage) => sum + (stage.where === 'clients' ? stage.seconds : 0), 0);
  const times = trials === 1 ? 'once' : `${trials} times`;
  reporter.line(
    `Training the stages on clients ${times} again, with canaries: at the run's pace ${duration(seconds * trials)}, and some seconds a round for the canaries.`,
  );
}
