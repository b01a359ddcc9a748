/**
 * Records a run in an MLflow tracking server. What has been recorded is known from the server alone, so a run can be
 * recorded in several goes, by several processes one after the other, without anything twice.
 */

import { z } from 'zod';
import { settingsOf } from '../run/study-settings.js';
import type { MlflowServer } from './mlflow-server.js';
import type { TrackedPoint, TrackedRun } from './tracked-run.js';

/** Where a run is in MLflow. */
export interface MlflowPlace {
  readonly experimentId: string;
  readonly runId: string;
  /** Address of its page. */
  readonly page: string;
}

/** As MLflow calls the states of a run; a run that was interrupted is killed. */
export type MlflowStatus = 'RUNNING' | 'FINISHED' | 'KILLED';

/** Identifies the run: a study is often run several times. */
const RUN = 'gaitway.run';
/** How many points have been recorded. */
const POINTS = 'gaitway.points';

/** The most that MLflow takes of each in a request, and the longest value of a parameter. */
const MOST = { metrics: 1000, params: 100, letters: 6000 };

/**
 * Brings the record of a run up to date, in the experiment with the name of the study.
 *
 * @throws Error when the server does not answer, or refuses a request; the signal's reason when it aborts.
 */
export async function recordInMlflow(
  server: MlflowServer,
  tracked: TrackedRun,
  status: MlflowStatus,
): Promise<MlflowPlace> {
  const experimentId = await experimentOf(server, tracked.run.study.name);
  const { runId, points } = await runOf(server, experimentId, tracked);
  await recordSettings(server, runId, tracked);
  await recordPoints(server, runId, tracked.points, points);
  const end = { end_time: (tracked.finishedAt ?? tracked.points.at(-1)?.time ?? tracked.startedAt).getTime() };
  const update = { run_id: runId, status, ...(status !== 'RUNNING' && end) };
  await server.post('runs/update', update, z.object({}));
  return { experimentId, runId, page: `${server.url}/#/experiments/${experimentId}/runs/${runId}` };
}

const experimentSchema = z.object({ experiment: z.object({ experiment_id: z.string() }) });
const createdSchema = z.object({ experiment_id: z.string() });

async function experimentOf(server: MlflowServer, name: string): Promise<string> {
  const found = await server.get('experiments/get-by-name', { experiment_name: name }, experimentSchema);
  return (
    found?.experiment.experiment_id ?? (await server.post('experiments/create', { name }, createdSchema)).experiment_id
  );
}

const runSchema = z.object({
  info: z.object({ run_id: z.string() }),
  data: z.object({ tags: z.array(z.object({ key: z.string(), value: z.string() })).default([]) }),
});

interface RecordedRun {
  readonly runId: string;
  /** Number of points that are there. */
  readonly points: number;
}

async function runOf(server: MlflowServer, experimentId: string, tracked: TrackedRun): Promise<RecordedRun> {
  const { digest } = tracked.run.result.study;
  const key = `${digest}/${tracked.startedAt.toISOString()}`;
  const search = { experiment_ids: [experimentId], filter: `tags."${RUN}" = '${key}'`, max_results: 1 };
  const found = await server.post('runs/search', search, z.object({ runs: z.array(runSchema).default([]) }));
  const [run] = found.runs;
  if (run) {
    const points = run.data.tags.find((tag) => tag.key === POINTS)?.value ?? '0';
    return { runId: run.info.run_id, points: Number(points) };
  }
  const created = await server.post(
    'runs/create',
    {
      experiment_id: experimentId,
      run_name: tracked.name,
      start_time: tracked.startedAt.getTime(),
      tags: [{ key: RUN, value: key }],
    },
    z.object({ run: runSchema }),
  );
  return { runId: created.run.info.run_id, points: 0 };
}

/** Parameters that are there already with the same value are taken again. */
async function recordSettings(server: MlflowServer, runId: string, { run }: TrackedRun): Promise<void> {
  const { backend, gaitway, study } = run.result;
  const tags = Object.entries({ backend, version: gaitway, study_digest: study.digest });
  // The names of people and sites stay here.
  const settings = [...settingsOf(run.study)].filter(([path]) => !path.startsWith('people.'));
  const params = settings.map(([path, value]) => ({ key: plainKey(path), value: shortened(value) }));
  await logBatch(server, runId, { tags: tags.map(([key, value]) => ({ key: `gaitway.${key}`, value })) });
  for (let first = 0; first < params.length; first += MOST.params) {
    await logBatch(server, runId, { params: params.slice(first, first + MOST.params) });
  }
}

/** The tag goes with the figures that it counts. */
async function recordPoints(
  server: MlflowServer,
  runId: string,
  points: readonly TrackedPoint[],
  recorded: number,
): Promise<void> {
  let metrics: object[] = [];
  for (const [place, { series, step, time, scalars }] of points.entries()) {
    if (place >= recorded) {
      metrics.push(
        ...scalars.map(({ tag, value }) => ({
          key: plainKey(`${series}/${tag}`),
          value,
          timestamp: time.getTime(),
          step,
        })),
      );
      const next = points[place + 1]?.scalars.length ?? Infinity;
      if (metrics.length + next > MOST.metrics - 1) {
        await logBatch(server, runId, { metrics, tags: [{ key: POINTS, value: String(place + 1) }] });
        metrics = [];
      }
    }
  }
}

async function logBatch(server: MlflowServer, runId: string, batch: object): Promise<void> {
  await server.post('runs/log-batch', { run_id: runId, ...batch }, z.object({}));
}

/** MLflow takes letters without accents, digits and few other characters in keys. */
function plainKey(text: string): string {
  return text.replace(/[^\w./ -]/g, '_');
}

function shortened(value: string): string {
  return value.length <= MOST.letters ? value : `${value.slice(0, MOST.letters - 1)}…`;
}
