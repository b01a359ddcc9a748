/** Shows a run to TensorBoard and MLflow, from what is in its folder: training never waits for another server. */

import { stat } from 'node:fs/promises';
import { pollUntil } from '../files/poll-until.js';
import { runFolder } from '../run/run-folder.js';
import { isRunning, runKind } from '../runs/run-kind.js';
import { type MlflowServer, mlflowServer } from './mlflow-server.js';
import { type MlflowPlace, recordInMlflow } from './mlflow.js';
import { writeForTensorBoard } from './tensorboard.js';
import { readTrackedRun } from './tracked-run.js';

export interface TrackOptions {
  /** Folder for TensorBoard. */
  readonly tensorboard?: string;
  /** Address of an MLflow server. */
  readonly mlflow?: string;
  /** Goes on as long as a process works on the run. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
  /** Called whenever more rounds have been told. */
  readonly onRounds?: (rounds: number) => void;
}

export interface Tracked {
  readonly run: string;
  /** Number of rounds that were told. */
  readonly rounds: number;
  /** The folder with the run's files for TensorBoard. */
  readonly tensorboard?: string;
  readonly mlflow?: MlflowPlace;
}

/**
 * Brings TensorBoard's files and MLflow's record of a run up to date.
 *
 * @throws InvalidInput when the folder holds no run of a study, or the address is none; Error when the server does not
 *   answer or refuses; the signal's reason when it aborts.
 */
export async function trackRun(path: string, options: TrackOptions): Promise<Tracked> {
  await runKind(path, ['study']);
  const { follow, signal, onRounds } = options;
  const server = options.mlflow === undefined ? undefined : mlflowServer(options.mlflow, signal);
  for (;;) {
    // Looked at before reading: then everything that the process wrote before it ended is in the folder.
    const [goesOn, seen] = [await isRunning(path), await logSize(path)];
    const tracked = await tell(path, { goesOn, server, tensorboard: options.tensorboard });
    onRounds?.(tracked.rounds);
    if (!follow || !goesOn) {
      return tracked;
    }
    await pollUntil(async () => (await logSize(path)) !== seen || !(await isRunning(path)), signal);
  }
}

interface Telling {
  /** Whether a process works on the run. */
  readonly goesOn: boolean;
  readonly server: MlflowServer | undefined;
  readonly tensorboard: string | undefined;
}

async function tell(path: string, { goesOn, server, tensorboard }: Telling): Promise<Tracked> {
  const tracked = await readTrackedRun(path, goesOn);
  const status = tracked.finishedAt ? 'FINISHED' : goesOn ? 'RUNNING' : 'KILLED';
  const folder = tensorboard === undefined ? undefined : await writeForTensorBoard(tensorboard, tracked);
  const mlflow = server && (await recordInMlflow(server, tracked, status));
  return {
    run: path,
    rounds: tracked.rounds,
    ...(folder !== undefined && { tensorboard: folder }),
    ...(mlflow && { mlflow }),
  };
}

/** The log grows last when a round has ended; 0 where there is none. */
async function logSize(path: string): Promise<number> {
  return stat(runFolder(path).events).then(
    ({ size }) => size,
    () => 0,
  );
}
