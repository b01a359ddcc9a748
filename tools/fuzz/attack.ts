/** Attacks a coordinator that conducts a study: with hostile connections, and with hostile clients that have joined. */

import { JoinRefused } from '@gaitway/client';
import { createRng, parseStudy, type Rng, studyDigest } from '@gaitway/core';
import { type Join, layoutDigests } from '@gaitway/protocol';
import { once } from 'node:events';
import { connect } from 'node:net';
import { insider, takePart } from './clients.js';
import { conductedStudy } from './conduct-honest.js';
import { bytesOf, scenarioNames, type Script, scriptOf } from './scenarios.js';

export interface AttackOutcome {
  readonly ends: Readonly<Record<ConnectionEnd, number>>;
  /** How often a hostile client was sent away for its answers, and joined again. */
  readonly insidersRefused: number;
}

const INSIDERS = 3;
const CONNECTIONS_AT_ONCE = 100;

/**
 * Runs the attack to its end.
 *
 * @param onConnectionEnd - Called with the number of connections that have ended
 */
export async function attack(
  url: string,
  { seed, frames }: { readonly seed: number; readonly frames: number },
  onConnectionEnd: (connections: number) => void,
): Promise<AttackOutcome> {
  const rng = createRng(seed).fork('service');
  const join = await rightJoin();
  const ends = { heard: 0, 'cut off': 0, unanswered: 0, 'not connected': 0 };
  const stop = new AbortController();
  const insiders = Array.from({ length: INSIDERS }, (_, index) => rejoin(url, rng.fork('insider', index), stop.signal));
  let begun = 0;
  let over = 0;
  const connectInTurn = async (): Promise<void> => {
    while (begun < frames) {
      const number = begun++;
      const options = { url, join, name: `stranger-${number}`, rng: rng.fork('visit', number) };
      const scenario = scenarioNames[number % scenarioNames.length] ?? 'http';
      ends[await runScript(url, scriptOf(scenario, options))]++;
      onConnectionEnd(++over);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS_AT_ONCE }, connectInTurn));
  stop.abort();
  const refusals = await Promise.all(insiders);
  return { ends, insidersRefused: refusals.reduce((sum, count) => sum + count, 0) };
}

/** Takes part under one new name after the other; resolves with how often the client was sent away. */
async function rejoin(url: string, rng: Rng, signal: AbortSignal): Promise<number> {
  for (let connections = 0; ; connections++) {
    const own = rng.fork(connections);
    try {
      await takePart(url, `insider-${own.uint32()}`, insider(own), signal);
      return connections;
    } catch (error) {
      if (signal.aborted) {
        return connections;
      }
      if (!(error instanceof JoinRefused)) {
        throw error;
      }
    }
  }
}

/** The join of a client that has read the study as the coordinator means it. */
async function rightJoin(): Promise<Join> {
  const study = parseStudy(conductedStudy);
  return { kind: 'join', studyDigest: await studyDigest(study), layoutDigests: await layoutDigests(study) };
}

/** How a connection ended: by the coordinator, after or before everything was sent, or by the attacker after a timeout. */
export type ConnectionEnd = 'heard' | 'cut off' | 'unanswered' | 'not connected';

/** Closes the connection after this long without an answer to the last step. */
const QUIET_MS = 1_000;

/** Longer than a coordinator with many connections takes for any answer. */
const LONGEST_ANSWER_MS = 30_000;

/** Opens a connection and sends each step of the script when it is due. */
async function runScript(url: string, script: Script): Promise<ConnectionEnd> {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, noDelay: true });
  let end: ConnectionEnd = 'not connected';
  let heard = '';
  let said = 0;
  const sendNext = (): void => {
    const next = script[said];
    if (next && heard.includes(next.after)) {
      said++;
      socket.write(bytesOf(next, heard));
    }
    end = said < script.length ? 'cut off' : 'heard';
    socket.setTimeout(said < script.length ? LONGEST_ANSWER_MS : QUIET_MS);
  };
  socket.once('connect', sendNext);
  socket.on('data', (bytes) => {
    if (said < script.length) {
      heard += bytes.toString('latin1');
      sendNext();
    }
  });
  socket.once('timeout', () => {
    socket.end();
    socket.setTimeout(LONGEST_ANSWER_MS, () => {
      end = 'unanswered';
      socket.destroy();
    });
  });
  socket.on('error', () => undefined); // a connection that the coordinator resets has ended as well
  await once(socket, 'close');
  return end;
}
