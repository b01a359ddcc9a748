import { describe, expect, it } from 'vitest';
import { startClientProcesses } from './client-processes.js';

describe('client processes', () => {
  it('fail with what a client said last', async () => {
    await using clients = startClientProcesses(new Map([['ann', ['nowhere', '--data', '.']]]));
    await expect(clients.ended).rejects.toThrow(
      'client ann ended with code 2: coordinator: expected an address such as http://127.0.0.1:7070, found "nowhere"',
    );
  });

  it('end when they are disposed of', async () => {
    const clients = startClientProcesses(new Map([['ann', ['http://127.0.0.1:1', '--data', '.']]]));
    await clients[Symbol.asyncDispose]();
    await expect(clients.ended).rejects.toThrow('client ann ended with');
  });
});
