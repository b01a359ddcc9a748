import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddressReader } from './client-address.js';

function addressOf(trusted: readonly string[], remoteAddress: string, forwarded?: string): string {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return clientAddressReader(trusted)({ socket: { remoteAddress }, headers } as unknown as IncomingMessage);
}

describe('the address of a client', () => {
  it('is that of its connection, whatever it says itself', () => {
    expect(addressOf([], '10.0.0.7')).toBe('10.0.0.7');
    expect(addressOf([], '10.0.0.7', '198.51.100.1')).toBe('10.0.0.7');
    expect(addressOf(['10.0.0.1'], '10.0.0.7', '198.51.100.1')).toBe('10.0.0.7');
  });

  it('is the last one that a trusted proxy has not written as its own', () => {
    expect(addressOf(['10.0.0.1'], '10.0.0.1', '198.51.100.1')).toBe('198.51.100.1');
    expect(addressOf(['10.0.0.1'], '::ffff:10.0.0.1', 'made-up, 198.51.100.1')).toBe('198.51.100.1');
    expect(addressOf(['10.0.0.1', '10.0.0.2'], '10.0.0.1', 'made-up, 198.51.100.1, 10.0.0.2')).toBe('198.51.100.1');
  });

  it('is the proxy where it forwards for nobody', () => {
    expect(addressOf(['10.0.0.1'], '10.0.0.1')).toBe('10.0.0.1');
    expect(addressOf(['10.0.0.1'], '10.0.0.1', '')).toBe('10.0.0.1');
  });
});
