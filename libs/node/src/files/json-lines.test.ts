import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appendJsonLines, cutLines, linesOf, readJsonLines } from './json-lines.js';

const schema = z.strictObject({ round: z.int() });

describe('JSON lines', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gaitway-'));
    path = join(folder, 'rounds.jsonl');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('come back in the order in which they were added', async () => {
    await appendJsonLines(path, [{ round: 1 }]);
    await appendJsonLines(path, [{ round: 2 }, { round: 3 }]);
    expect(await readJsonLines(path, schema)).toEqual({
      documents: [{ round: 1 }, { round: 2 }, { round: 3 }],
      warnings: [],
    });
  });

  it('lose a last line that was cut short, with a warning', async () => {
    await appendJsonLines(path, [{ round: 1 }]);
    await appendFile(path, '{"round":');
    expect(await readJsonLines(path, schema)).toEqual({
      documents: [{ round: 1 }],
      warnings: [`${path}, line 2: cut short while it was written; left out`],
    });
  });

  it('are read across the borders of what is read at once, whatever characters lie there', async () => {
    const texts = Array.from({ length: 40 }, (_, index) => JSON.stringify({ text: 'ü€😀'.repeat(1000 + index) }));
    await writeFile(path, texts.map((text) => `${text}\n`).join(''));
    const lines = [];
    for await (const line of linesOf(path)) {
      lines.push(line);
    }
    expect(lines.map(({ text }) => text)).toEqual(texts);
    expect(lines.at(-1)?.end).toBe((await readFile(path)).length);
  });

  it('are cut after so many, or after the last one that is whole', async () => {
    await writeFile(path, '{"round":1}\n{"round":2}\n{"rou');
    await cutLines(path);
    expect(await readFile(path, 'utf8')).toBe('{"round":1}\n{"round":2}\n');
    await cutLines(path, 1);
    expect(await readFile(path, 'utf8')).toBe('{"round":1}\n');
    await expect(cutLines(path, 2)).rejects.toThrow(`${path}: expected at least 2 lines, found 1: it was changed`);
    await cutLines(join(folder, 'absent.jsonl'));
  });

  it('are refused when a line in the middle is damaged or does not fit', async () => {
    await writeFile(path, '{"round":1}\n{"rou\n{"round":3}\n');
    await expect(readJsonLines(path, schema)).rejects.toThrow(`${path}, line 2: expected JSON`);
    await writeFile(path, '{"round":"one"}\n');
    await expect(readJsonLines(path, schema)).rejects.toThrow(`${path}, line 1: round: expected a number, found "one"`);
  });
});
