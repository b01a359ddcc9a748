/** What travels on a WebSocket (engine.io 4 and the frames of the project), right and wrong. */

import type { Rng } from '@gaitway/core';
import { crc32c } from '@gaitway/core/internal';
import { socketParser } from '@gaitway/protocol';
import { byteMutations, chosen } from './byte-mutations.js';

/** What a coordinator's side of a connection says once it listens to packets, and once it listens to messages. */
export const OPENED = '0{"sid"';
export const CONNECTED = '\u0081\u00a3sid';

type Packet = Parameters<InstanceType<typeof socketParser.Encoder>['encode']>[0];

const encoder = new socketParser.Encoder();
const connect = sealed({ type: 0, nsp: '/' });
const disconnect = sealed({ type: 1, nsp: '/' });

/** Text is not said on such a connection, but for heartbeats. */
const texts = [
  '',
  '0',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '9',
  '40',
  '41',
  '42["message"]',
  '451-["message",{"_placeholder":true}]',
];

/** What a connection says first. */
export function connectPacket(): Uint8Array {
  return webSocketFrame(opcodes.binary, connect);
}

/** A message as it travels. */
export function messagePacket(message: Uint8Array): Uint8Array {
  return webSocketFrame(opcodes.binary, sealed({ type: 2, nsp: '/', data: ['message', message] }));
}

/** A packet that is none, or that nobody expects. Half of the spoiled ones have a checksum that is right. */
export function wrongPacket(message: Uint8Array, rng: Rng): Uint8Array {
  if (rng.uniform() < 0.25) {
    return webSocketFrame(opcodes.text, Buffer.from(chosen(texts, rng)));
  }
  const known = chosen([connect, disconnect, sealed({ type: 2, nsp: '/', data: ['message', message] })], rng);
  const spoiled = rng.uniform() < 0.2 ? known : chosen(byteMutations, rng)(known, disconnect, rng);
  return webSocketFrame(opcodes.binary, rng.uniform() < 0.5 ? withChecksum(spoiled) : spoiled);
}

function sealed(packet: Packet): Uint8Array {
  const [frame] = encoder.encode(packet);
  return frame ?? new Uint8Array();
}

const CHECKSUM_BYTES = 4;

function withChecksum(frame: Uint8Array): Uint8Array {
  if (frame.length < CHECKSUM_BYTES) {
    return frame;
  }
  const right = frame.slice();
  new DataView(right.buffer).setUint32(0, crc32c(right.subarray(CHECKSUM_BYTES)), true);
  return right;
}

// The bytes of a WebSocket client (RFC 6455), made by hand so that they can be wrong.

/** What a frame is (RFC 6455, 5.2). */
export const opcodes = { text: 0x1, binary: 0x2, close: 0x8, ping: 0x9 } as const;

const FINAL = 0x80;
const MASKED = 0x80;

/** Asks for a WebSocket on the path of socket.io. */
export function upgradeRequest(url: string): string {
  return [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    `Host: ${new URL(url).host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    '\r\n',
  ].join('\r\n');
}

/** A whole message in one frame. Its mask is zero, so that what is in it stays as it is. */
export function webSocketFrame(opcode: number, payload: Uint8Array): Uint8Array {
  return Buffer.concat([frameHead(opcode, payload.length), payload]);
}

/** How a frame begins, with the length that it says it has. */
export function frameHead(opcode: number, length: number): Uint8Array {
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = FINAL | opcode;
  if (length < 126) {
    head[1] = MASKED | length;
  } else if (length < 65_536) {
    head[1] = MASKED | 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = MASKED | 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, Buffer.alloc(4)]);
}
