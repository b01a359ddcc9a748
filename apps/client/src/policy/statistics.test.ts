import { clientSchemas } from '@gaitway/protocol';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { withholdable } from './site-policy.js';
import { neverSent, statistics } from './statistics.js';

const root = join(import.meta.dirname, '../../../..');

/** The paths of all values in what a schema accepts. */
function fieldsOf(schema: z.core.$ZodType, path: string): readonly string[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape as Record<string, z.core.$ZodType>).flatMap(([key, field]) =>
      fieldsOf(field, `${path}.${key}`),
    );
  }
  if (schema instanceof z.ZodUnion) {
    return schema.options.flatMap((option) => fieldsOf(option, path));
  }
  if (schema instanceof z.ZodArray) {
    return fieldsOf(schema.element, `${path}[]`);
  }
  if (schema instanceof z.ZodPipe && schema.out instanceof z.ZodObject) {
    return fieldsOf(schema.out, path);
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional || schema instanceof z.ZodNullable) {
    return fieldsOf(schema.unwrap(), path);
  }
  return [path];
}

/** All fields of all messages of a client, but for the names of the messages. */
const sent = [
  ...new Set(
    Object.entries(clientSchemas).flatMap(([kind, schema]) =>
      fieldsOf(schema, kind).filter((field) => field !== `${kind}.kind`),
    ),
  ),
].filter((field) => !neverSent.some((never) => field.startsWith(never)));

/** The first cells of the rows of a table that follows a heading row. */
function firstColumn(page: string, heading: string): readonly string[] {
  const lines = readFileSync(join(root, page), 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading}`));
  const rows = lines.slice(
    start + 2,
    lines.findIndex((line, index) => index > start && !line.startsWith('|')),
  );
  return rows.map((row) => row.split('|')[1]?.trim() ?? '').filter((cell) => cell !== '');
}

describe('what leaves a client', () => {
  it('is all that its messages can contain, each field declared once', () => {
    const declared = statistics.flatMap(({ fields }) => fields);
    expect(declared.toSorted()).toEqual(sent.toSorted());
    expect(declared).toContain('answer.reply.summary.accepted[]');
  });

  it.each([
    ['README.md', 'leaves a client'],
    ['docs/joining.md', 'what leaves'],
  ])('is listed in %s', (page, heading) => {
    expect(firstColumn(page, heading)).toEqual(statistics.map(({ what }) => what));
  });

  it('can be kept under each name that a policy may leave out', () => {
    expect(statistics.flatMap(({ policy }) => policy ?? [])).toEqual(withholdable);
  });
});
