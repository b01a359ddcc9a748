import { InvalidInput } from '@gaitway/core';
import type { Answer, FromClient } from '@gaitway/protocol';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLedger, readLedger } from './ledger.js';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'gaitway-'));
  onTestFinished(() => {
    rmSync(path, { recursive: true });
  });
  return join(path, 'state');
}

const noon = (): Date => new Date('2026-03-01T12:00:00Z');
const bytes = Uint8Array.of(1, 2, 3);
const failure = (id: number): FromClient => ({ kind: 'failure', id, reason: 'its battery is empty' });
const answer: Answer = {
  kind: 'answer',
  id: 3,
  reply: {
    kind: 'train',
    stage: 'student',
    round: 2,
    delta: new Float32Array(8),
    examples: 60,
    summary: { windows: 90, accepted: [60, null], loss: 0.5 },
  },
};

/** A ledger of three lines. */
function written(): { readonly dir: string; readonly path: string; readonly lines: readonly string[] } {
  const dir = folder();
  using ledger = openLedger(dir, noon);
  [1, 2, 3].forEach((id) => {
    ledger.record(failure(id), bytes);
  });
  const path = join(dir, 'ledger.jsonl');
  return { dir, path, lines: readFileSync(path, 'utf8').trimEnd().split('\n') };
}

describe('the ledger', () => {
  it('has a line for each message: when, what, how much, and what it said', async () => {
    const dir = folder();
    using ledger = openLedger(dir, noon);
    ledger.record(answer, bytes);
    expect((await readLedger(dir)).entries).toEqual([
      {
        line: 1,
        time: '2026-03-01T12:00:00.000Z',
        kind: 'answer',
        bytes: 3,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        content: { id: 3, reply: { ...answer.reply, delta: '8 numbers' } },
        previous: createHash('sha256').digest('hex'),
      },
    ]);
    expect(statSync(join(dir, 'ledger.jsonl')).mode & 0o777).toBe(0o600);
  });

  it('counts numbers wherever they are in a message, also in lists', async () => {
    const dir = folder();
    using ledger = openLedger(dir, noon);
    const boxes = [{ to: 'ben', box: new Uint8Array(72) }];
    const message = { kind: 'share-offer', boxes, commitments: new Uint8Array(128) };
    const reply = { kind: 'aggregation', stage: 'student', round: 1, message } as const;
    ledger.record({ kind: 'answer', id: 1, reply }, bytes);
    expect((await readLedger(dir)).entries[0]?.content).toEqual({
      id: 1,
      reply: {
        ...reply,
        message: { ...message, boxes: [{ to: 'ben', box: '72 numbers' }], commitments: '128 numbers' },
      },
    });
  });

  it('does not give the enrolment code away', () => {
    const dir = folder();
    using ledger = openLedger(dir, noon);
    ledger.record({ kind: 'proof', client: 'ann', key: 'a key', code: 'token', signature: 'signed' }, bytes);
    expect(readFileSync(join(dir, 'ledger.jsonl'), 'utf8')).not.toContain('token');
  });

  it('goes on after a restart, also where its last line was cut short', async () => {
    const { dir, path } = written();
    appendFileSync(path, '{"line":4,"ti');
    using ledger = openLedger(dir, noon);
    ledger.record(failure(4), bytes);
    expect((await readLedger(dir)).entries.map(({ line, content }) => [line, content['id']])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ]);
  });

  it.each<[string, (lines: readonly string[]) => readonly string[], number]>([
    ['a line is changed', ([a = '', b = '', c = '']) => [a, b.replace('"bytes":3', '"bytes":2'), c], 3],
    ['a line is removed', ([a = '', , c = '']) => [a, c], 2],
    ['the first line is removed', ([, b = '', c = '']) => [b, c], 1],
    ['lines change places', ([a = '', b = '', c = '']) => [a, c, b], 2],
    ['a line is repeated', ([a = '', b = '', c = '']) => [a, b, b, c], 3],
  ])('shows where %s', async (_, forge, line) => {
    const { dir, path, lines } = written();
    writeFileSync(
      path,
      forge(lines)
        .map((text) => `${text}\n`)
        .join(''),
    );
    await expect(readLedger(dir)).rejects.toThrow(`line ${line}: expected the line that followed the one before it`);
  });

  it('has another last checksum where its last line is removed', async () => {
    const { dir, path, lines } = written();
    const { last } = await readLedger(dir);
    writeFileSync(path, `${lines.slice(0, 2).join('\n')}\n`);
    expect((await readLedger(dir)).last).not.toBe(last);
  });

  it('is missed where there is none', async () => {
    await expect(readLedger(folder())).rejects.toThrow('expected the ledger of a client with --state, found nothing');
  });

  it('goes on after a last line that is longer than what is read of its end at first', async () => {
    const { dir, path, lines } = written();
    const long: FromClient = { kind: 'failure', id: 4, reason: 'x'.repeat(150_000) };
    {
      using ledger = openLedger(dir, noon);
      ledger.record(long, bytes);
    }
    appendFileSync(path, '{"line":5,"ti');
    {
      using ledger = openLedger(dir, noon);
      ledger.record(failure(5), bytes);
    }
    expect((await readLedger(dir)).entries.map(({ content }) => content['id'])).toEqual([1, 2, 3, 4, 5]);
    expect(readFileSync(path, 'utf8').split('\n').slice(0, 3)).toEqual(lines);
  });
});

describe.runIf(process.platform !== 'win32')('what is no ledger', () => {
  it.each<[string, (path: string) => void, RegExp, RegExp]>([
    [
      'a folder',
      (path) => {
        mkdirSync(path);
      },
      /expected a ledger, found something that is no file$/,
      /found a folder$/,
    ],
    [
      'a pipe',
      (path) => execFileSync('mkfifo', [path]),
      /expected a ledger, found something that is no file$/,
      /found a device, a pipe or a socket$/,
    ],
    [
      'an endless device',
      (path) => {
        symlinkSync('/dev/zero', path);
      },
      /expected a ledger, found something that is no file$/,
      /found a device, a pipe or a socket$/,
    ],
    [
      'other text',
      (path) => {
        writeFileSync(path, 'a,b\n1,2\n');
      },
      /expected a line of a ledger, found another text$/,
      /line 1: expected a line of a ledger, found another text$/,
    ],
    [
      'text in Latin-1',
      (path) => {
        writeFileSync(path, Buffer.from('"Gr\u00fcn"\n', 'latin1'));
      },
      /ledger\.jsonl: expected an object, found "Gr/,
      /expected text in UTF-8, found other bytes$/,
    ],
  ])('is refused, and neither written to nor waited for: %s', async (_, put, onOpen, onRead) => {
    const dir = folder();
    const path = join(dir, 'ledger.jsonl');
    mkdirSync(dir);
    put(path);
    expect(() => openLedger(dir)).toThrow(InvalidInput);
    expect(() => openLedger(dir)).toThrow(onOpen);
    await expect(readLedger(dir)).rejects.toThrow(onRead);
  });

  it('is refused where its folder is a file', () => {
    const dir = folder();
    writeFileSync(dir, '');
    expect(() => openLedger(dir)).toThrow(/ledger\.jsonl: expected a ledger that can be written: /);
  });
});
