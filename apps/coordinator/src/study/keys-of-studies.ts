/** The keys with which studies are served: those of one folder for all studies, or those in the folder of each run. */

import { type CoordinatorKeys, openCoordinatorKeys, runFolder } from '@gaitway/node';

export interface KeysOptions {
  /** Folder of the coordinator's keys and those of its clients. Absent: one in the run's folder. */
  readonly keys?: string;
  /** Whether only enrolled clients may take part. Absent: the first key that uses a name owns it. */
  readonly enrolmentRequired?: boolean;
}

/** Disposing of it closes all keys that were opened. */
export interface KeysOfStudies extends AsyncDisposable {
  /**
   * The keys for a run.
   *
   * @param run - The run's folder
   * @throws InvalidInput when their folder cannot be used, or another process uses it
   */
  readonly of: (run: string) => Promise<CoordinatorKeys>;
}

/** Opens each folder of keys once, however many studies it is for. */
export function keysOfStudies({ keys, enrolmentRequired = false }: KeysOptions): KeysOfStudies {
  const opened = new Map<string, CoordinatorKeys>();
  return {
    of: async (run) => {
      const path = keys ?? runFolder(run).keys;
      const known = opened.get(path) ?? (await openCoordinatorKeys(path, { enrolmentRequired }));
      opened.set(path, known);
      return known;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...opened.values()].map((each) => each[Symbol.asyncDispose]()));
    },
  };
}
