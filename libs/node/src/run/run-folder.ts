/** The paths in a run's folder, and the default folder of a run. */

import { InvalidInput } from '@gaitway/core';
import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths of a run's files. */
export interface RunFolder {
  readonly path: string;
  readonly study: string;
  /** The recipe that was chosen; exists only where the study left it open. */
  readonly choice: string;
  readonly rounds: string;
  readonly result: string;
  readonly events: string;
  readonly report: string;
  /** What an audit of the run has found; exists once there was one. */
  readonly audit: string;
  readonly models: string;
  /** Folder with what the run needs to continue; removed when the run is finished. */
  readonly state: string;
  /** Folder in it with what simulated clients and the coordinator keep from round to round. */
  readonly memory: string;
  /** Exists while somebody wants the run to pause between two rounds. */
  readonly pause: string;
  /** Folder with the keys of the coordinator and its clients, unless they have one of their own. */
  readonly keys: string;
}

/** The paths of a run's files, whether they exist or not. */
export function runFolder(path: string): RunFolder {
  return {
    path,
    study: join(path, 'study.json'),
    choice: join(path, 'choice.json'),
    rounds: join(path, 'rounds.jsonl'),
    result: join(path, 'result.json'),
    events: join(path, 'events.log'),
    report: join(path, 'report.html'),
    audit: join(path, 'audit.json'),
    models: join(path, 'models'),
    state: join(path, 'state'),
    memory: join(path, 'state', 'memory'),
    pause: join(path, 'pause.json'),
    keys: join(path, 'keys'),
  };
}

/** Path of a stage's model, relative to the run's folder and with forward slashes on every system. */
export function modelPath(stage: string): string {
  return `models/${stage}.safetensors`;
}

/** Path of the card of a stage's model, beside it. */
export function cardPath(stage: string): string {
  return `models/${stage}.md`;
}

const UNFINISHED = 'a run that did not finish: delete the folder, or choose another';

/** What a folder holds, by the name of a file in it; the first file that exists decides. */
const traces = {
  'experiment.json': 'an experiment: choose another folder',
  'result.json': 'a finished run: choose another folder',
  'study.json': UNFINISHED,
  'pipeline.json': UNFINISHED,
  'tasks.json': UNFINISHED,
};

/**
 * Passes when a run can begin in a folder, whether it exists or not. Commands call this before they read recordings.
 *
 * @throws InvalidInput when it already holds a run or an experiment, or is not a folder.
 */
export async function refuseOccupied(path: string): Promise<void> {
  const isFile = await stat(path).then(
    (found) => !found.isDirectory(),
    () => false,
  );
  if (isFile) {
    throw occupied(path, 'a file: choose another name');
  }
  for (const [name, found] of Object.entries(traces)) {
    if (await exists(join(path, name))) {
      throw occupied(path, found);
    }
  }
}

function occupied(path: string, found: string): InvalidInput {
  return new InvalidInput(path, [{ path: '', message: `expected a new folder, found ${found}` }]);
}

/** Whether something is at a path. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A path `runs/<name>-<year><month><day>-<time>`, relative to the working directory. */
export function defaultRunFolder(name: string, now: Date): string {
  return join('runs', `${safeFileName(name)}-${timeStamp(now)}`);
}

/** Text `<year><month><day>-<time>`, in UTC. */
export function timeStamp(now: Date): string {
  return now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
}

/** A name as part of a path that cannot lead to another folder. */
export function safeFileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-');
}
