/** Socket.io's packets on a WebSocket (protocol 5 over engine.io 4), right ones and wrong ones. */

import type { Rng } from '@gaitway/core';
import { byteMutations, chosen } from './byte-mutations.js';
import { opcodes, webSocketFrame } from './web-socket.js';

/** The packet that asks for the study's namespace. */
const CONNECT = '40';

/** Announces the bytes of a message in the frame that follows. */
const MESSAGE = '451-["message",{"_placeholder":true,"num":0}]';

const wrong = [
  '', '0', '1', '2', '3', '5', '6', '9', '4', '41', '42', '43', '44', '45', '46', '4a', '40/other,', '40{"a":', '42[]', '42{}',
  '42["message"]', '42["message","text"]', '42["message",{"_placeholder":true,"num":0}]', '42["disconnect"]', '42["__proto__",1]',
  '420["message"]', '430[]', '451-["message",{"_placeholder":true,"num":7}]', '451-["message",{"_placeholder":true,"num":-1}]',
  '450-["message"]', '4599999999-["message"]', '45-1-["message"]', '451-', '461-0[{"_placeholder":true,"num":0}]', '44"no"',
] as const; // prettier-ignore

/** What a connection says first. */
export function connectPacket(): Uint8Array {
  return text(CONNECT);
}

/** What a coordinator's side of a connection says once it listens to packets, and once it listens to messages. */
export const OPENED = '0{"sid"';
export const CONNECTED = '40{"sid"';

/** A message as it travels. */
export function messagePacket(frame: Uint8Array): Uint8Array {
  return Buffer.concat([text(MESSAGE), webSocketFrame(opcodes.binary, frame)]);
}

/** A packet that is none, or that nobody expects. */
export function wrongPacket(rng: Rng): Uint8Array {
  const known = Buffer.from(chosen([...wrong, CONNECT, MESSAGE], rng));
  const payload = rng.uniform() < 0.5 ? known : chosen(byteMutations, rng)(known, Buffer.from(MESSAGE), rng);
  return webSocketFrame(rng.uniform() < 0.8 ? opcodes.text : opcodes.binary, payload);
}

function text(packet: string): Uint8Array {
  return webSocketFrame(opcodes.text, Buffer.from(packet));
}
