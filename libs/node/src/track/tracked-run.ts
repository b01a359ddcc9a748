/** A run as tools for following trainings know it: figures at steps, settings as a flat list, and where it stands. */

import { COORDINATOR, type Evaluation } from '@gaitway/core';
import { basename, resolve } from 'node:path';
import { z } from 'zod';
import type { Scalar } from '../files/event-bytes.js';
import { readJsonLines } from '../files/json-lines.js';
import { labelRoundsOf } from '../report/label-rounds.js';
import { readRunSoFar, type RunSoFar } from '../run/read-run.js';
import type { RoundLine } from '../run/round-line.js';
import { exists, type RunFolder } from '../run/run-folder.js';

/** Figures at one step of a series. */
export interface TrackedPoint {
  /** A stage, or `baseline/` and the name of a baseline. */
  readonly series: string;
  /** The round. */
  readonly step: number;
  readonly time: Date;
  readonly scalars: readonly Scalar[];
}

export interface TrackedRun {
  /** Name of its folder. */
  readonly name: string;
  readonly run: RunSoFar;
  readonly startedAt: Date;
  /** Absent where it is not finished. */
  readonly finishedAt?: Date;
  /** In the order in which they came; of a run that goes on, more follow and none of these changes. */
  readonly points: readonly TrackedPoint[];
  /** Number of rounds among them. */
  readonly rounds: number;
}

/**
 * Reads a run that is finished, interrupted or goes on.
 *
 * @param goesOn - Whether a process works on it: then a last round that is not in the log yet is left for the next time,
 *   because its time is not known.
 * @throws InvalidInput when the folder holds no run, or a file in it is damaged.
 */
export async function readTrackedRun(path: string, goesOn: boolean): Promise<TrackedRun> {
  const run = await readRunSoFar(path);
  const ends = await roundEnds(run.folder);
  const last = run.rounds.at(-1);
  const isPending = goesOn && last !== undefined && !ends.has(placeOf(last));
  const startedAt = new Date(run.startedAt ?? 0);
  let time = startedAt;
  const rounds = run.rounds.slice(0, isPending ? -1 : undefined).map((line): TrackedPoint => {
    time = ends.get(placeOf(line)) ?? new Date(time.getTime() + 1000 * line.seconds);
    return { series: line.stage, step: line.round, time, scalars: roundScalars(line, run.study.activities.length) };
  });
  const isFinished = run.result.model !== undefined;
  const finishedAt = run.finishedAt === undefined ? time : new Date(run.finishedAt);
  return {
    name: basename(resolve(path)),
    run,
    startedAt,
    ...(isFinished && { finishedAt }),
    points: [...rounds, ...(isFinished ? lastPoints(run, finishedAt) : [])],
    rounds: rounds.length,
  };
}

function placeOf({ stage, round }: { readonly stage?: string; readonly round?: number }): string {
  return `${stage ?? ''}/${round ?? 0}`;
}

const endSchema = z.object({
  time: z.iso.datetime(),
  event: z.string(),
  stage: z.string().exactOptional(),
  round: z.number().exactOptional(),
});

/** When each round ended by the log, keyed by stage and round: of a round that was repeated, the last time. */
async function roundEnds({ events }: RunFolder): Promise<ReadonlyMap<string, Date>> {
  const { documents } = (await exists(events)) ? await readJsonLines(events, endSchema) : { documents: [] };
  const ends = documents.filter(({ event }) => event === 'round-completed' || event === 'round-aborted');
  return new Map(ends.map((end) => [placeOf(end), new Date(end.time)]));
}

function roundScalars(line: RoundLine, activities: number): readonly Scalar[] {
  const { stage, clients, evaluation, seconds } = line;
  const answers = clients.flatMap((entry) => (entry.outcome === 'answered' && entry.summary ? [entry.summary] : []));
  const windows = answers.reduce((sum, summary) => sum + summary.windows, 0);
  const loss = answers.reduce((sum, summary) => sum + summary.loss * summary.windows, 0) / windows;
  const countOf = (...outcomes: readonly string[]): number =>
    clients.filter(({ client, outcome }) => client !== COORDINATOR && outcomes.includes(outcome)).length;
  const [labels] = labelRoundsOf([line], stage, activities);
  const accepted = labels?.accepted.reduce((sum, count) => sum + count, 0) ?? 0;
  return [
    ...(windows > 0 ? [{ tag: 'loss/training', value: loss }] : []),
    ...(evaluation ? testScalars('test', evaluation) : []),
    { tag: 'clients/answered', value: countOf('answered') },
    { tag: 'clients/abstained', value: countOf('abstained') },
    { tag: 'clients/failed', value: countOf('failed', 'late') },
    ...(labels ? [{ tag: 'labels/accepted', value: accepted / labels.windows }] : []),
    ...(labels?.confidence === undefined ? [] : [{ tag: 'labels/confidence', value: labels.confidence }]),
    ...(labels?.right === undefined ? [] : [{ tag: 'labels/right', value: labels.right }]),
    { tag: 'round/seconds', value: seconds },
  ];
}

function testScalars(group: string, evaluation: Evaluation): readonly Scalar[] {
  const { weightedF1, macroF1, accuracy, kappa, logLoss, calibration } = evaluation;
  return [
    { tag: `${group}/weighted_f1`, value: weightedF1 },
    { tag: `${group}/macro_f1`, value: macroF1 },
    { tag: `${group}/accuracy`, value: accuracy },
    ...(kappa === null ? [] : [{ tag: `${group}/kappa`, value: kappa }]),
    { tag: `${group}/log_loss`, value: logLoss },
    { tag: `${group}/calibration_error`, value: calibration.error },
  ];
}

/** Figures that come after the last round: on the people of the clients, and of the baselines. */
function lastPoints({ result }: RunSoFar, time: Date): readonly TrackedPoint[] {
  const onClients = Object.entries(result.clientEvaluation ?? {}).map(([stage, evaluation]): TrackedPoint => {
    const step = result.stages.find(({ name }) => name === stage)?.rounds ?? 1;
    return { series: stage, step, time, scalars: testScalars('client_people', evaluation) };
  });
  const baselines = (result.baselines ?? []).map(({ name, evaluation }): TrackedPoint => {
    return { series: `baseline/${name}`, step: 1, time, scalars: testScalars('test', evaluation) };
  });
  return [...onClients, ...baselines];
}
