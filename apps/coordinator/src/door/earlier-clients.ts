/** Clients from before protocol 3, which speak the text of socket.io in place of frames: they are told, in its form. */

import { encode, PROTOCOL_VERSION } from '@gaitway/protocol';

/** Takes what a packet of engine.io can hold. */
interface Writable {
  write(packet: string | Uint8Array): void;
}

/** What such a client says first: that it connects, perhaps with details. */
const CONNECT = /^0(\{.*\})?$/s;

/** What it hears of the coordinator. It ends with this text. */
export const earlierClientRefusal: string =
  `the client speaks an earlier version of the protocol, the coordinator version ${PROTOCOL_VERSION}: ` +
  'the client is older and needs a newer Gaitway';

/** Whether something said first is the word of an earlier client. */
export function isEarlierClient(packet: unknown): boolean {
  return typeof packet === 'string' && CONNECT.test(packet);
}

/** Lets it connect, and says the one message that all versions understand. */
export function refuseEarlierClient(connection: Writable): void {
  connection.write('0{"sid":"earlier"}');
  connection.write('51-["message",{"_placeholder":true,"num":0}]'); // an event with one piece of bytes, which follows
  connection.write(encode({ kind: 'refusal', reason: earlierClientRefusal }));
}
