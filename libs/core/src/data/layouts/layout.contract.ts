/** The tests that every layout must pass. */

import { describe, expect, test } from 'vitest';
import { InvalidInput } from '../../errors.js';
import type { RawRecording } from '../recording.js';
import type { FileContent, Layout } from './layout.js';

/** A small, valid file of the layout. */
export interface LayoutSample {
  readonly layout: Layout;
  readonly path: string;
  readonly text: string;
  /** Paths of files that may lie in such folders but do not belong to the layout. */
  readonly others: readonly string[];
}

/** The content of a file with this text, which is read at once, or in pieces of so many bytes. */
function contentOf(layout: Layout, text: string, path: string, pieceBytes = text.length * 4): FileContent {
  const reader = layout.open(path);
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    reader.push(bytes.slice(at, at + pieceBytes));
  }
  return reader.end();
}

/** The recordings of a file with this text. */
export function parseText(layout: Layout, text: string, path: string): readonly RawRecording[] {
  return contentOf(layout, text, path).recordings;
}

/** The test suite; the test file of each layout runs it. */
export function layoutContract({ layout, path, text, others }: LayoutSample): void {
  describe(`the layout ${layout.name}`, () => {
    test('recognises its own files and no others', () => {
      expect(layout.recognise(path)).toBeDefined();
      expect(others.filter((other) => layout.recognise(other))).toEqual([]);
    });

    test('says of a path what the file says too', () => {
      const facts = layout.recognise(path);
      for (const { subject, labels } of parseText(layout, text, path)) {
        expect(facts?.subject ?? subject).toBe(subject);
        expect(labels?.names ?? []).toContain(facts?.activity ?? labels?.names[0]);
      }
    });

    test('gives recordings whose arrays fit each other', () => {
      const recordings = parseText(layout, text, path);
      expect(recordings.length).toBeGreaterThan(0);
      for (const { source, channels, samples, timing, labels } of recordings) {
        const count = samples.length / channels.length;
        expect(source.startsWith(path)).toBe(true);
        expect(Number.isInteger(count) && count > 0).toBe(true);
        expect(samples.every(Number.isFinite)).toBe(true);
        expect('seconds' in timing ? timing.seconds.length : count).toBe(count);
        expect(labels?.ofSample.length ?? count).toBe(count);
      }
    });

    test('reads lines that end as on Windows the same', () => {
      expect(parseText(layout, text.replaceAll('\n', '\r\n'), path)).toEqual(parseText(layout, text, path));
    });

    test('reads a file in pieces of any size the same', () => {
      for (const size of [1, 2, 3, 7, 64]) {
        expect(contentOf(layout, text, path, size)).toEqual(contentOf(layout, text, path));
      }
    });

    test('notes that the last line has no end', () => {
      expect(contentOf(layout, text, path).notes).toEqual([]);
      expect(contentOf(layout, text.trimEnd(), path).notes).toMatchObject([{ kind: 'cut-off' }]);
    });

    test('refuses an empty file, naming it', () => {
      expect(() => parseText(layout, '', path)).toThrow(InvalidInput);
      expect(() => parseText(layout, '', path)).toThrow(`${path}: expected`);
    });

    test('refuses a row that is cut off, naming its line', () => {
      const lines = text.trimEnd().split('\n');
      const cut = [...lines.slice(0, -1), lines.at(-1)!.slice(0, 3)].join('\n');
      expect(() => parseText(layout, cut, path)).toThrow(
        new RegExp(`^${path}: line ${lines.length}: expected \\d+ cells`),
      );
    });
  });
}
