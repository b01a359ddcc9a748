/** The tests that every layout must pass. */

import { describe, expect, test } from 'vitest';
import { InvalidInput } from '../../errors.js';
import type { Layout } from './layout.js';

/** A small, valid file of the layout. */
export interface LayoutSample {
  readonly layout: Layout;
  readonly path: string;
  readonly text: string;
  /** Paths of files that may lie in such folders but do not belong to the layout. */
  readonly others: readonly string[];
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
      for (const { subject, labels } of layout.parse(text, path)) {
        expect(facts?.subject ?? subject).toBe(subject);
        expect(labels?.names ?? []).toContain(facts?.activity ?? labels?.names[0]);
      }
    });

    test('gives recordings whose arrays fit each other', () => {
      const recordings = layout.parse(text, path);
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
      expect(layout.parse(text.replaceAll('\n', '\r\n'), path)).toEqual(layout.parse(text, path));
    });

    test('refuses an empty file, naming it', () => {
      expect(() => layout.parse('', path)).toThrow(InvalidInput);
      expect(() => layout.parse('', path)).toThrow(`${path}: expected`);
    });

    test('refuses a row that is cut off, naming its line', () => {
      const lines = text.trimEnd().split('\n');
      const cut = [...lines.slice(0, -1), lines.at(-1)!.slice(0, 3)].join('\n');
      expect(() => layout.parse(cut, path)).toThrow(new RegExp(`^${path}: line ${lines.length}: expected \\d+ cells`));
    });
  });
}
