/** Scenarios of hostile connections to a coordinator, each with all that is sent. */

import type { Rng } from '@gaitway/core';
import { encode, type Join } from '@gaitway/protocol';
import { byteMutations, chosen } from './byte-mutations.js';
import { spoiledFrame } from './frames.js';
import { CHALLENGED, helloPacket, proofPacket, WELCOMED } from './introduction.js';
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

const scenarios = {
  http: ({ url, rng }) => {
    const request = Buffer.from(upgradeRequest(url));
    return [{ after: '', bytes: chosen(byteMutations, rng)(request, request, rng) }];
  },
  'web-socket': ({ url, rng }) => opened(url, wrongWebSocketFrame(rng)),
  'first packet': ({ url, rng }) => opened(url, wrongPacket(spoiledFrame(rng), rng)),
  packet: ({ url, rng }) => connected(url, wrongPacket(spoiledFrame(rng), rng)),
  'before hello': ({ url, rng }) => connected(url, messagePacket(spoiledFrame(rng))),
  'after hello': ({ url, rng }) => connected(url, helloPacket(), messagePacket(spoiledFrame(rng))),
  'after proof': ({ url, name, rng }) => [
    ...introduced(url, name),
    { after: WELCOMED, bytes: closing([messagePacket(spoiledFrame(rng))]) },
  ],
  'after join': ({ url, name, join, rng }) => [
    ...introduced(url, name),
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

/** Up to the proof of a client of that name, which is welcomed for it. */
export function introduced(url: string, name: string): Script {
  return [
    ...connecting(url),
    { after: CONNECTED, bytes: helloPacket() },
    { after: CHALLENGED, bytes: (received) => proofPacket(name, received) },
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
