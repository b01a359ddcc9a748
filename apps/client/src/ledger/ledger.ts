/**
 * The ledger of a client: a line for each message, written before it leaves. Each line holds the SHA-256 of the line
 * before, so that no line can be changed, added or removed in between without breaking the chain.
 */

import { InvalidInput } from '@gaitway/core';
import { parseInput, type Digest } from '@gaitway/core/internal';
import { foundInstead, linesOf } from '@gaitway/node';
import type { FromClient } from '@gaitway/protocol';
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A message that left. */
export interface LedgerEntry {
  /** Counts from 1. */
  readonly line: number;
  readonly time: string;
  readonly kind: FromClient['kind'];
  readonly bytes: number;
  /** SHA-256 of the message's bytes. */
  readonly sha256: Digest;
  /** What it said; lists of weights by their length, and the enrolment code not at all. */
  readonly content: Readonly<Record<string, unknown>>;
  /** SHA-256 of the line before; that of nothing in the first line. */
  readonly previous: Digest;
}

export interface Ledger extends Disposable {
  /**
   * Writes a line about a message that is about to leave.
   *
   * @throws Error when it cannot be written: then the message must not leave
   */
  readonly record: (message: FromClient, bytes: Uint8Array) => void;
}

const LEDGER_FILE = 'ledger.jsonl';
/** Only the owner has access to it, as to everything in the folder. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * Opens the ledger in a client's state folder, and goes on where it ended. A last line that was cut short, as by a power
 * cut, is removed: its message had not left.
 *
 * @param now - The time of day
 * @throws InvalidInput when the last line is none of a ledger, or it cannot be written
 */
export function openLedger(folder: string, now: () => Date = () => new Date()): Ledger {
  const path = join(folder, LEDGER_FILE);
  const file = openFile(folder, path);
  const last = lastLineOf(file);
  let previous = sha256(last);
  let line = last === '' ? 0 : parseEntry(last, path).line;
  return {
    record: (message, bytes) => {
      const { kind, ...content } = message;
      const entry: LedgerEntry = {
        line: line + 1,
        time: now().toISOString(),
        kind,
        bytes: bytes.length,
        sha256: sha256(bytes),
        content: inClear(content),
        previous,
      };
      const text = JSON.stringify(entry);
      writeSync(file, `${text}\n`);
      line++;
      previous = sha256(text);
    },
    [Symbol.dispose]: () => {
      closeSync(file);
    },
  };
}

/** Opens a file to append to. A pipe in its place would be read for ever. */
function openFile(folder: string, path: string): number {
  try {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
    if (statSync(path, { throwIfNoEntry: false })?.isFile() ?? true) {
      return openSync(path, 'a+', FILE_MODE);
    }
  } catch (error) {
    const { message } = error as Error;
    throw new InvalidInput(path, [{ path: '', message: `expected a ledger that can be written: ${message}` }]);
  }
  throw new InvalidInput(path, [{ path: '', message: 'expected a ledger, found something that is no file' }]);
}

const LINE_BREAK = '\n';
/** How many bytes of a ledger's end are read at first: it grows for as long as a client takes part. */
const TAIL_BYTES = 65_536;

/** The last line of a file, '' where it has none. What comes after the last line break is removed. */
function lastLineOf(file: number): string {
  const { size } = fstatSync(file);
  for (let length = Math.min(TAIL_BYTES, size); ; length = Math.min(2 * length, size)) {
    const tail = Buffer.alloc(length);
    readSync(file, tail, 0, length, size - length);
    const end = tail.lastIndexOf(LINE_BREAK);
    const before = end > 0 ? tail.lastIndexOf(LINE_BREAK, end - 1) : -1;
    if (before >= 0 || length === size) {
      ftruncateSync(file, size - length + end + 1);
      return tail.subarray(before + 1, Math.max(0, end)).toString();
    }
  }
}

/** What a ledger holds. */
export interface LedgerReading {
  readonly entries: readonly LedgerEntry[];
  /** SHA-256 of the last line, on which all others depend. */
  readonly last: Digest;
}

/**
 * Reads a ledger and checks its chain.
 *
 * @throws InvalidInput naming the first line that was changed, added, removed or moved, or when there is no ledger
 */
export async function readLedger(folder: string): Promise<LedgerReading> {
  const path = join(folder, LEDGER_FILE);
  const found = await foundInstead(path);
  if (found !== undefined) {
    const message = `expected the ledger of a client with --state, found ${found}`;
    throw new InvalidInput(path, [{ path: '', message }]);
  }
  const entries: LedgerEntry[] = [];
  let last = sha256('');
  for await (const { text, isWhole } of linesOf(path)) {
    if (!isWhole) {
      break;
    }
    const source = `${path}, line ${entries.length + 1}`;
    const entry = parseEntry(text, source);
    if (entry.previous !== last || entry.line !== entries.length + 1) {
      const message = 'expected the line that followed the one before it when it was written, found another';
      throw new InvalidInput(source, [{ path: '', message }]);
    }
    entries.push(entry);
    last = sha256(text);
  }
  return { entries, last };
}

const entrySchema: z.ZodType<LedgerEntry> = z.strictObject({
  line: z.int().positive(),
  time: z.string(),
  kind: z.enum([
    'hello',
    'proof',
    'join',
    'decline',
    'availability',
    'answer',
    'failure',
    'offer',
    'part',
    'held',
    'withdrawal',
  ]),
  bytes: z.int().nonnegative(),
  sha256: z.string(),
  content: z.record(z.string(), z.unknown()),
  previous: z.string(),
});

function parseEntry(text: string, source: string): LedgerEntry {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new InvalidInput(source, [{ path: '', message: 'expected a line of a ledger, found another text' }]);
  }
  return parseInput(entrySchema, document, source);
}

/** Anybody who has the enrolment code before it is used can take this client's place. */
const SECRET = 'code';

function inClear(content: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(content).map(([key, value]: [string, unknown]) => [key, key === SECRET ? 'secret' : shown(value)]),
  );
}

function shown(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    return `${(value as Uint8Array).length} numbers`;
  }
  if (Array.isArray(value)) {
    return value.map(shown);
  }
  return typeof value === 'object' && value !== null ? inClear(value) : value;
}

function sha256(content: string | Uint8Array): Digest {
  return createHash('sha256').update(content).digest('hex');
}
