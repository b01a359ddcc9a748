import type { Answer, FromClient } from '@gaitway/protocol';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
  it('has a line for each message: when, what, how much, and what it said', () => {
    const dir = folder();
    using ledger = openLedger(dir, noon);
    ledger.record(answer, bytes);
    expect(readLedger(dir).entries).toEqual([
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

  it('does not give the enrolment code away', () => {
    const dir = folder();
    using ledger = openLedger(dir, noon);
    ledger.record({ kind: 'proof', client: 'ann', key: 'a key', code: 'token', signature: 'signed' }, bytes);
    expect(readFileSync(join(dir, 'ledger.jsonl'), 'utf8')).not.toContain('token');
  });

  it('goes on after a restart, also where its last line was cut short', () => {
    const { dir, path } = written();
    appendFileSync(path, '{"line":4,"ti');
    using ledger = openLedger(dir, noon);
    ledger.record(failure(4), bytes);
    expect(readLedger(dir).entries.map(({ line, content }) => [line, content['id']])).toEqual([
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
  ])('shows where %s', (_, forge, line) => {
    const { dir, path, lines } = written();
    writeFileSync(
      path,
      forge(lines)
        .map((text) => `${text}\n`)
        .join(''),
    );
    expect(() => readLedger(dir)).toThrow(`line ${line}: expected the line that followed the one before it`);
  });

  it('has another last checksum where its last line is removed', () => {
    const { dir, path, lines } = written();
    const { last } = readLedger(dir);
    writeFileSync(path, `${lines.slice(0, 2).join('\n')}\n`);
    expect(readLedger(dir).last).not.toBe(last);
  });

  it('is missed where there is none', () => {
    expect(() => readLedger(folder())).toThrow('expected a ledger, found none');
  });
});
