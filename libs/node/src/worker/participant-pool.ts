/** Participants in worker threads: many clients on one machine, with a task on each core. */

import type { Participant } from '@gaitway/core';
import { keepsMemory } from '@gaitway/core/train';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { BackendName } from '../backend/backend-name.js';
import { nativeFolder, setUpTensorFlow } from '../backend/native-backend.js';
import { openTaskPool } from './task-pool.js';
import { startTaskWorker } from './task-worker.js';
import type { WorkerSetup } from './worker-messages.js';

/** The compiled entry. This path is correct from src/ and from dist/. */
const ENTRY = new URL('../../dist/worker/participant-worker.js', import.meta.url);

export interface ParticipantPoolOptions extends WorkerSetup {
  /**
   * Number of threads. More than one need a folder for the clients' memory, because any of them may get a client's
   * tasks.
   */
  readonly workers: number;
}

export interface ParticipantPool extends AsyncDisposable {
  /** The backend, which is the same for all workers. */
  readonly backend: BackendName;
  /**
   * The participant with a client's windows. Its tasks go to the next free worker; the result has the same bits on
   * each. When its worker dies it rejects with a ClientFailure, and another worker takes the next task.
   *
   * @throws Error when the pool has no windows of that client.
   */
  participant(client: string): Participant;
}

/**
 * Starts a worker, which determines the backend; the others are started when there is work for them.
 *
 * @throws Error when the backend cannot be loaded, and when several workers would each keep a memory of a client.
 *
 * @example
 * await using pool = await openParticipantPool({ workers: 2, seed: 1, stages, data });
 * const participants = new Map([...data.keys()].map((client) => [client, pool.participant(client)]));
 * const fleet = inMemoryFleet(participants, { concurrency: 2 });
 */
export async function openParticipantPool({ workers, ...setup }: ParticipantPoolOptions): Promise<ParticipantPool> {
  if (workers > 1 && setup.memory === undefined && setup.stages.some(({ plan }) => keepsMemory(plan))) {
    throw new Error(
      `Expected a folder for the memory of clients that any of ${workers} workers answers for, found none`,
    );
  }
  setUpTensorFlow(); // a worker's environment is a copy, which the library does not see
  const first = await startTaskWorker(ENTRY, setup);
  const { backend } = first;
  // The others get it by name, because a worker that fell back on another backend would give other bits.
  const pool = openTaskPool({ workers, first, startAnother: () => startTaskWorker(ENTRY, { ...setup, backend }) });
  return {
    backend,
    participant: (client) => {
      if (!setup.data.has(client)) {
        throw new Error(`The pool has no windows of "${client}"`);
      }
      return pool.participant(client);
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

/** One for each core; a single one for the native backend, which uses all cores by itself. */
export function defaultWorkers(backend: BackendName | undefined): number {
  const isNative = backend === 'native' || (backend === undefined && existsSync(nativeFolder()));
  return isNative ? 1 : availableParallelism();
}
