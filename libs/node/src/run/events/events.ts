/** The events of a run, which are the lines of `events.log`. */

import type { Digest } from '@gaitway/core/internal';
import type { LostState } from '@gaitway/core/train';
import { appendFile } from 'node:fs/promises';
import { z } from 'zod';
import { jsonLines } from '../../files/json-lines.js';
import { lostMemories, type RoundLine, type Staleness, stalenessOf } from '../round-line.js';

/** Commands that conduct studies. */
export type RunCommand = 'simulate' | 'coordinator';

export type RunEvent =
  | {
      readonly event: 'run-started';
      readonly study: string;
      readonly digest: Digest;
      readonly backend: string;
      readonly gaitway: string;
      /** The command of Gaitway that conducts the run; absent in other programs. */
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
      /** Staleness of the updates, in rounds, if they were in a buffer. */
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
      /** The client should have continued from an earlier round, but started anew. */
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
      /** Number of finished rounds of all stages. */
      readonly rounds: number;
      /** Stage of the last finished round; absent where none was finished. */
      readonly stage?: string;
      readonly round?: number;
      /** The version that goes on, where another one began the run. */
      readonly gaitway?: string;
      readonly command?: RunCommand;
    }
  /** Somebody asked for a pause between two rounds, or for its end. */
  | { readonly event: 'run-paused' | 'run-unpaused' }
  /** An operator asked for it over HTTP. */
  | { readonly event: 'pause-requested' | 'resume-requested'; readonly by: string }
  /** The next round cannot begin before `missing` more clients are available. */
  | { readonly event: 'clients-missing'; readonly present: number; readonly missing: number }
  | { readonly event: 'client-joined'; readonly client: string; readonly windows?: number }
  | { readonly event: 'client-available'; readonly client: string }
  | {
      readonly event: 'client-left' | 'client-declined' | 'client-refused' | 'client-unavailable';
      readonly client: string;
      readonly reason: string;
    }
  | {
      /** The client came back in the middle of a task, and was sent it again. */
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

/** Identifies a task in all lines about it. */
export function taskId(stage: string, round: number, client: string): string {
  return `${stage}/${round}/${client}`;
}

/** The fields of an event that are needed to read a run back. */
export interface LoggedEvent {
  /** ISO 8601, in UTC. */
  readonly time: string;
  readonly event: string;
  readonly client?: string;
  readonly reason?: string;
}

export const loggedEventSchema: z.ZodType<LoggedEvent> = z.object({
  time: z.iso.datetime(),
  event: z.string(),
  client: z.string().exactOptional(),
  reason: z.string().exactOptional(),
});

/** Appends events that happened now to a log. A power failure may lose the last of them, on which nothing depends. */
export async function appendEvents(path: string, time: Date, events: readonly RunEvent[]): Promise<void> {
  await appendFile(path, jsonLines(events.map((event) => ({ time: time.toISOString(), ...event }))));
}

/** The events of a round: each failed client, each lost memory, and the end of the round. */
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
