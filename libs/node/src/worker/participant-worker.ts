/** The entry of a worker thread, with a backend and a participant for each client whose windows it was given. */

import { createParticipant, type Participant } from '@gaitway/core';
import { parentPort, workerData } from 'node:worker_threads';
import { loadBackend } from '../backend/load-backend.js';
import { answerTasks, type FromWorker, type WorkerSetup } from './worker-messages.js';
import { clientFolder, memoryInFolder } from '../run/state/memory-folder.js';

const { backend, seed, stages, data, memory } = workerData as WorkerSetup;
const participants = new Map<string, Participant>();

/** Participants are created on first use, because most clients of a large study never come to most workers. */
function participantOf(client: string): Participant {
  const participant =
    participants.get(client) ??
    createParticipant({
      client,
      seed,
      stages,
      data: data.get(client) ?? {},
      ...(memory !== undefined && { memory: memoryInFolder(clientFolder(memory, client)) }),
    });
  participants.set(client, participant);
  return participant;
}

if (!parentPort) {
  throw new Error('This file is the entry of a worker thread');
}
const { name } = await loadBackend(backend);
answerTasks(parentPort, participantOf);
parentPort.postMessage({ kind: 'ready', backend: name } satisfies FromWorker);
