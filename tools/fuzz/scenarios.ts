/** Scenarios of hostile connections to a coordinator, each with all that is sent. */

import type { Rng } from '@gaitway/core';
import { encode, type Join } from '@gaitway/protocol';
import { byteMutations, chosen } from './byte-mutations.js';
import { spoiledFrame } from './frames.js';
import { CHALLENGED, helloPacket, NOT_ENROLLED, proofPacket, WELCOMED } from './introduction.js';
import {
  CONNECTED,
  connectPacket,
  frameHead,
  messagePacket,
  opcodes,
  OPENED,
  upgradeRequest,
  webSocketFrame,
  wrongPacket,
} from './packets.js';

export interface ScenarioOptions {
  readonly url: string;
  /** The join of a client of the study. */
  readonly join: Join;
  /** A name that no other client has. */
  readonly name: string;
  /** Its enrolment code. */
  readonly code: string;
  readonly rng: Rng;
}

/** Bytes that are sent as soon as the text `after` has been received; they may depend on all that has been received. */
export interface ScriptStep {
  readonly after: string;
  readonly bytes: Uint8Array | ((received: string) => Uint8Array);
}

/** All that is sent on a connection. The last step, except for a close, is invalid. */
export type Script = readonly ScriptStep[];

const GIBIBYTE = 2 ** 30;

/** How a TLS client begins (RFC 5246, 7.4.1.2): with the curves and signatures that the coordinator's certificate needs. */
const clientHello = Buffer.from(
  `160301005d010000590303${'5a'.repeat(32)}000004c02bc02f0100002c000a00040002001700\
0b00020100000d000a0008040308040401050300170000ff01000100002b0003020303`,
  'hex',
);

/** The scenarios whose bytes are those of a TCP connection; the others are inside TLS. */
const outsideTls: readonly string[] = ['tls', 'no tls'];

const scenarios = {
  tls: ({ rng }) => [{ after: '', bytes: chosen(byteMutations, rng)(clientHello, clientHello, rng) }],
  'no tls': ({ url, rng }) => {
    const request = Buffer.from(upgradeRequest(url));
    return [{ after: '', bytes: chosen(byteMutations, rng)(request, request, rng) }];
  },
  http: ({ url, rng }) => {
    const request = Buffer.from(upgradeRequest(url));
    return [{ after: '', bytes: chosen(byteMutations, rng)(request, request, rng) }];
  },
  'web-socket': ({ url, rng }) => opened(url, wrongWebSocketFrame(rng)),
  'first packet': ({ url, rng }) => opened(url, wrongPacket(spoiledFrame(rng), rng)),
  packet: ({ url, rng }) => connected(url, wrongPacket(spoiledFrame(rng), rng)),
  'before hello': ({ url, rng }) => connected(url, messagePacket(spoiledFrame(rng))),
  'after hello': ({ url, rng }) => connected(url, helloPacket(), messagePacket(spoiledFrame(rng))),
  'after the proof of a stranger': ({ url, name, rng }) => [
    ...introduced(url, name),
    { after: NOT_ENROLLED, bytes: closing([messagePacket(spoiledFrame(rng))]) },
  ],
  'after proof': ({ url, name, code, rng }) => [
    ...introduced(url, name, code),
    { after: WELCOMED, bytes: closing([messagePacket(spoiledFrame(rng))]) },
  ],
  'after join': ({ url, name, code, join, rng }) => [
    ...introduced(url, name, code),
    { after: WELCOMED, bytes: closing([messagePacket(encode(join)), messagePacket(spoiledFrame(rng))]) },
  ],
} satisfies Readonly<Record<string, (options: ScenarioOptions) => Script>>;

/** The bytes of a step, once the text that it waits for has been received. */
export function bytesOf({ bytes }: ScriptStep, received: string): Uint8Array {
  return typeof bytes === 'function' ? bytes(received) : bytes;
}

export type ScenarioName = keyof typeof scenarios;

export const scenarioNames: readonly ScenarioName[] = Object.keys(scenarios) as ScenarioName[];

/** Returns the script of a scenario. */
export function scriptOf(scenario: ScenarioName, options: ScenarioOptions): Script {
  return scenarios[scenario](options);
}

/** Whether all of a scenario travels inside TLS. */
export function speaksTls(scenario: ScenarioName): boolean {
  return !outsideTls.includes(scenario);
}

/** Up to the proof of a client of that name, which is welcomed for it where it has a code. */
export function introduced(url: string, name: string, code?: string): Script {
  return [
    ...connecting(url),
    { after: CONNECTED, bytes: helloPacket() },
    { after: CHALLENGED, bytes: (received) => proofPacket(name, code, received) },
  ];
}

function connected(url: string, ...packets: readonly Uint8Array[]): Script {
  return [...connecting(url), { after: CONNECTED, bytes: closing(packets) }];
}

function connecting(url: string): Script {
  return [
    { after: '', bytes: Buffer.from(upgradeRequest(url)) },
    { after: OPENED, bytes: connectPacket() },
  ];
}

function opened(url: string, packet: Uint8Array): Script {
  return [
    { after: '', bytes: Buffer.from(upgradeRequest(url)) },
    { after: OPENED, bytes: closing([packet]) },
  ];
}

/** The close at the end has an effect only where nothing before it ended the connection. */
function closing(packets: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([...packets, webSocketFrame(opcodes.close, new Uint8Array())]);
}

function wrongWebSocketFrame(rng: Rng): Uint8Array {
  const valid = webSocketFrame(opcodes.text, Buffer.from('2'));
  const kinds = [
    () => frameHead(opcodes.binary, GIBIBYTE),
    () => frameHead(opcodes.binary, Number.MAX_SAFE_INTEGER),
    () => webSocketFrame(rng.integer(16), new Uint8Array(rng.integer(200))),
    () => webSocketFrame(opcodes.ping, new Uint8Array(126)),
    () => chosen(byteMutations, rng)(valid, valid, rng),
  ];
  return chosen(kinds, rng)();
}
