/** A WebSocket client's bytes (RFC 6455), made by hand so that they can be wrong. */

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
