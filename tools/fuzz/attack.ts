/**
 * Attacks a coordinator that conducts a study: with hostile connections, some of enrolled clients, and with hostile
 * clients that have joined.
 */

import { JoinRefused } from '@gaitway/client';
import { createRng, parseStudy, type Rng, studyDigest } from '@gaitway/core';
import { type Join, layoutDigests } from '@gaitway/protocol';
import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { parseEnrolmentCode } from '@gaitway/node';
import type { CoordinatorProcess } from '../load/coordinator-process.js';
import { codeFor, trusted } from '../load/secured.js';
import { insider, takePart } from './clients.js';
import { conductedStudy } from './conduct-honest.js';
import { bytesOf, scenarioNames, type Script, scriptOf, speaksTls } from './scenarios.js';

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
  { url, folder }: Pick<CoordinatorProcess, 'url' | 'folder'>,
  { seed, frames }: { readonly seed: number; readonly frames: number },
  onConnectionEnd: (connections: number) => void,
): Promise<AttackOutcome> {
  const rng = createRng(seed).fork('service');
  const join = await rightJoin();
  const ends = { heard: 0, 'cut off': 0, unanswered: 0, 'not connected': 0 };
  const stop = new AbortController();
  const insiders = Array.from({ length: INSIDERS }, (_, index) =>
    rejoin(url, folder, rng.fork('insider', index), stop.signal),
  );
  let begun = 0;
  let over = 0;
  const connectInTurn = async (): Promise<void> => {
    while (begun < frames) {
      const number = begun++;
      const name = `visitor-${number}`;
      const { secret: code } = parseEnrolmentCode(await codeFor(folder, name));
      const scenario = scenarioNames[number % scenarioNames.length] ?? 'http';
      const script = scriptOf(scenario, { url, join, name, code, rng: rng.fork('visit', number) });
      ends[await runScript(url, script, speaksTls(scenario))]++;
      onConnectionEnd(++over);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS_AT_ONCE }, connectInTurn));
  stop.abort();
  const refusals = await Promise.all(insiders);
  return { ends, insidersRefused: refusals.reduce((sum, count) => sum + count, 0) };
}

/** Takes part under one new name after the other; resolves with how often the client was sent away. */
async function rejoin(url: string, folder: string, rng: Rng, signal: AbortSignal): Promise<number> {
  for (let connections = 0; ; connections++) {
    const own = rng.fork(connections);
    try {
      await takePart(url, folder, { name: `insider-${own.uint32()}`, participant: insider(own), signal });
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
async function runScript(url: string, script: Script, isInTls: boolean): Promise<ConnectionEnd> {
  const { hostname: host, port } = new URL(url);
  const address = { port: Number(port), host };
  const socket = isInTls ? connectSecurely({ ...address, ca: trusted }) : connect(address);
  socket.setNoDelay();
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
  socket.once(isInTls ? 'secureConnect' : 'connect', sendNext);
  socket.on('data', (bytes: Buffer) => {
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
