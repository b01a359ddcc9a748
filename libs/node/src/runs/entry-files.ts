/**
 * Reads the name and the figure of a run from its first file and its result, using only fields that are the same in
 * every version.
 */

import { parseInput } from '@gaitway/core';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../files/json-lines.js';
import { firstFile, type RunKind } from './run-kind.js';

const named = z.object({ name: z.string() });
const evaluation = z.object({ weightedF1: z.number().nullable() });

const nameSchemas: Readonly<Record<RunKind, z.ZodType<string | undefined>>> = {
  study: z.object({ study: named }).transform(({ study }) => study.name),
  experiment: z.object({ experiment: named }).transform(({ experiment }) => experiment.name),
  pipeline: z.object({ tag: z.string().optional() }).transform(({ tag }) => tag),
  tasks: named.transform(({ name }) => name),
};

/** The last figure of a result. Experiments and multi-task trainings have many, none of which represents all. */
const figureSchemas: Readonly<Record<RunKind, z.ZodType<number | null | undefined>>> = {
  study: z
    .object({ stages: z.array(named), evaluation: z.record(z.string(), evaluation) })
    .transform(({ stages, evaluation: by }) => stages.map(({ name }) => by[name]?.weightedF1).findLast(isFigure)),
  pipeline: z
    .object({ steps: z.array(z.object({ eval_results: evaluation.optional() })) })
    .transform(({ steps }) => steps.map((step) => step.eval_results?.weightedF1).findLast(isFigure)),
  experiment: z.unknown().transform(() => undefined),
  tasks: z.unknown().transform(() => undefined),
};

function isFigure(value: number | null | undefined): value is number {
  return typeof value === 'number';
}

/** @throws InvalidInput when the first file is damaged. */
export async function readName(folder: string, kind: RunKind): Promise<string | undefined> {
  return readPart(firstFile(folder, kind), nameSchemas[kind]);
}

/**
 * The weighted F1 of the last model that was evaluated.
 *
 * @throws InvalidInput when the result is damaged.
 */
export async function readFigure(folder: string, kind: RunKind): Promise<number | undefined> {
  return (await readPart(join(folder, 'result.json'), figureSchemas[kind])) ?? undefined;
}

async function readPart<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  return parseInput(schema, parseJson(await readFile(path, 'utf8'), path), path);
}
