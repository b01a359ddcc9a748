/** What a finished cell came to, from its folder. */

import { InvalidInput, parseInput, type Evaluation } from '@gaitway/core';
import { evaluationSchema } from '@gaitway/protocol';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../files/atomic-write.js';
import { parseJson } from '../files/json-lines.js';
import { readResult } from '../run/read-result.js';
import type { CellFigures, FinishedCell } from './cell-outcome.js';
import type { Cell } from './cells.js';

const TIMES = 'cell.json';
const timesSchema = z.strictObject({ seconds: z.number().nonnegative() });

/** Notes in a cell's folder how long its process took. */
export async function writeCellSeconds(folder: string, seconds: number): Promise<void> {
  await writeFileAtomically(join(folder, TIMES), `${JSON.stringify({ seconds })}\n`);
}

/** @throws InvalidInput when the folder holds no result, or a result without an evaluation. */
export async function readCell(cell: Cell, folder: string): Promise<FinishedCell> {
  const times = join(folder, TIMES);
  const { seconds } = parseInput(timesSchema, parseJson(await readFile(times, 'utf8'), times), times);
  return {
    kind: 'finished',
    cell,
    figures: figuresOf(await lastEvaluation(cell, join(folder, 'result.json'))),
    seconds,
  };
}

async function lastEvaluation({ method }: Cell, path: string): Promise<Evaluation> {
  const last = method.kind === 'study' ? await ofLastStage(path) : await ofStep(path, method.step);
  if (!last) {
    throw new InvalidInput(path, [{ path: '', message: `expected figures of ${method.name}, found none` }]);
  }
  return last;
}

async function ofLastStage(path: string): Promise<Evaluation | undefined> {
  const { stages, evaluation } = await readResult(path);
  const name = stages.map((stage) => stage.name).findLast((stage) => Object.hasOwn(evaluation, stage));
  return name === undefined ? undefined : evaluation[name];
}

/** What this needs of the result of a pipeline. */
const pipelineSchema = z.looseObject({
  steps: z.array(z.looseObject({ tag: z.string(), eval_results: evaluationSchema.exactOptional() })),
});

/** Of the last step with that tag that was evaluated; of any tag where none is given. */
async function ofStep(path: string, wanted?: string): Promise<Evaluation | undefined> {
  const { steps } = parseInput(pipelineSchema, parseJson(await readFile(path, 'utf8'), path), path);
  return steps.findLast(({ tag, eval_results: results }) => results && (wanted === undefined || tag === wanted))
    ?.eval_results;
}

function figuresOf({ weightedF1, macroF1, accuracy, intervals }: Evaluation): CellFigures {
  return {
    weightedF1,
    macroF1,
    accuracy,
    ...(intervals.kind === 'people' && {
      intervals: { weightedF1: intervals.weightedF1, macroF1: intervals.macroF1, accuracy: intervals.accuracy },
    }),
  };
}
