/** What happens in a run, as lines of `events.log`. */

import type { Digest, LostState } from '@gaitway/core';
import { appendFile } from 'node:fs/promises';
import { z } from 'zod';
import { jsonLines } from '../files/json-lines.js';
import { lostMemories } from './lost-memories.js';
import type { RoundLine } from './round-line.js';
import { stalenessOf, type Staleness } from './staleness.js';

/** Commands that conduct studies. */
export type RunCommand = 'simulate' | 'coordinator';

export type RunEvent =
  | {
      readonly event: 'run-started';
      readonly study: string;
      readonly digest: Digest;
      readonly backend: string;
      readonly gaitway: string;
      /** Which command of Gaitway conducts it; absent in other programs. */
      readonly command?: RunCommand;
    }
  | {
      readonly event: 'round-completed' | 'round-aborted';
      readonly stage: string;
      readonly round: number;
      readonly rounds: number;
      readonly seconds: number;
      readonly answered: number;
      readonly abstained: number;
      readonly failed: number;
      readonly late: number;
      readonly surplus: number;
      /** Of the updates, in rounds, where they were in a buffer. */
      readonly staleness?: Staleness;
      readonly reason?: string;
    }
  | {
      readonly event: 'client-failed';
      /** Unique in the run: `<stage>/<round>/<client>`. */
      readonly task: string;
      readonly stage: string;
      readonly round: number;
      readonly client: string;
      readonly reason: string;
    }
  | {
      /** It should have gone on from an earlier round, and began afresh. */
      readonly event: 'memory-lost';
      readonly task: string;
      readonly stage: string;
      readonly round: number;
      readonly client: string;
      readonly reason: LostState;
    }
  | { readonly event: 'stage-finished'; readonly stage: string; readonly parametersSha256: Digest }
  | {
      readonly event: 'run-resumed';
      /** Finished rounds of all stages. */
      readonly rounds: number;
      /** Of the last finished round; absent where none was finished. */
      readonly stage?: string;
      readonly round?: number;
      readonly command?: RunCommand;
    }
  /** Somebody asked for a pause between two rounds, or for its end. */
  | { readonly event: 'run-paused' | 'run-unpaused' }
  /** The next round cannot begin before so many more are there. */
  | { readonly event: 'clients-missing'; readonly present: number; readonly missing: number }
  | { readonly event: 'client-joined'; readonly client: string; readonly windows?: number }
  | { readonly event: 'client-available'; readonly client: string }
  | {
      readonly event: 'client-left' | 'client-refused' | 'client-unavailable';
      readonly client: string;
      readonly reason: string;
    }
  | {
      /** It came back in the middle of a task, and got it again. */
      readonly event: 'client-asked-again';
      readonly task: string;
      readonly stage: string;
      readonly round: number;
      readonly client: string;
    }
  | { readonly event: 'answer-ignored'; readonly client: string; readonly reason: string }
  | { readonly event: 'state-damaged'; readonly reason: string }
  | { readonly event: 'run-finished' }
  | { readonly event: 'run-stopped'; readonly reason: string };

/** What identifies a task in all lines about it. */
export function taskId(stage: string, round: number, client: string): string {
  return `${stage}/${round}/${client}`;
}

/** The part of an event that reading a run back needs. */
export interface LoggedEvent {
  /** ISO 8601, in UTC. */
  readonly time: string;
  readonly event: string;
  readonly reason?: string;
}

export const loggedEventSchema: z.ZodType<LoggedEvent> = z.object({
  time: z.iso.datetime(),
  event: z.string(),
  reason: z.string().exactOptional(),
});

/** Adds events that happened now to a log. A power cut may take the last of them: nothing goes on from them. */
export async function appendEvents(path: string, time: Date, events: readonly RunEvent[]): Promise<void> {
  await appendFile(path, jsonLines(events.map((event) => ({ time: time.toISOString(), ...event }))));
}

/** The events of a round: its end, and each client that failed in it. */
export function roundEvents(line: RoundLine): readonly RunEvent[] {
  const { stage, round, rounds, seconds, clients } = line;
  const staleness = stalenessOf(clients);
  const counted = (outcome: string): number => clients.filter((client) => client.outcome === outcome).length;
  const failed = clients.flatMap((entry): RunEvent[] =>
    entry.outcome === 'failed'
      ? [
          {
            event: 'client-failed',
            task: taskId(stage, round, entry.client),
            stage,
            round,
            client: entry.client,
            reason: entry.reason,
          },
        ]
      : [],
  );
  const end: RunEvent = {
    event: `round-${line.phase}`,
    stage,
    round,
    rounds,
    seconds,
    answered: counted('answered'),
    abstained: counted('abstained'),
    failed: counted('failed'),
    late: counted('late'),
    surplus: counted('surplus'),
    ...(staleness && { staleness }),
    ...(line.phase === 'aborted' && { reason: line.reason }),
  };
  const lost = lostMemories(line.clients).map(({ client, lost: reason }): RunEvent => {
    return { event: 'memory-lost', task: taskId(stage, round, client), stage, round, client, reason };
  });
  return [...failed, ...lost, end];
}
