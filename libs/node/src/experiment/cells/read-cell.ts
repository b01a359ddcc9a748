/** Reads the outcome of a finished cell from its folder. */

import type { Evaluation } from '@gaitway/core';
import { parseInput } from '@gaitway/core/internal';
import { evaluationSchema } from '@gaitway/protocol';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { parseJson } from '../../files/json-lines.js';
import { readText } from '../../files/read-file.js';
import { readResult, type RunResult } from '../../run/run-result.js';
import type { Cell, CellFigures, CellOutcome } from './cells.js';
import type { Method, PipelineMethod, StudyMethod } from '../experiment.js';

const TIMES = 'cell.json';
const timesSchema = z.strictObject({ seconds: z.number().nonnegative() });

/** Stores in a cell's folder how long its process took. */
export async function writeCellSeconds(folder: string, seconds: number): Promise<void> {
  await writeFileAtomically(join(folder, TIMES), `${JSON.stringify({ seconds })}\n`);
}

/**
 * An outcome for each method of the cell. A method whose figures are not in the result has failed.
 *
 * @throws InvalidInput when the folder holds no result, or a damaged one.
 */
export async function readCell(cell: Cell, folder: string): Promise<readonly CellOutcome[]> {
  const times = join(folder, TIMES);
  const { seconds } = parseInput(timesSchema, parseJson(await readText(times), times), times);
  const path = join(folder, 'result.json');
  const found = await readEvaluations(cell, path);
  return found.map(({ method, evaluations }): CellOutcome =>
    typeof evaluations === 'string'
      ? { kind: 'failed', cell, method, reason: `result.json: ${evaluations}` }
      : { kind: 'finished', cell, method, figures: figuresOf(evaluations), seconds },
  );
}

/** The evaluations of one model. */
interface Evaluations {
  readonly test: Evaluation;
  readonly clients?: Evaluation | undefined;
}

interface Found {
  readonly method: Method;
  /** A message if the result has none. */
  readonly evaluations: Evaluations | string;
}

async function readEvaluations({ methods }: Cell, path: string): Promise<readonly Found[]> {
  const studies = methods.filter((method) => method.kind === 'study');
  if (studies.length > 0) {
    const result = await readResult(path);
    return studies.map((method) => ({ method, evaluations: ofStudy(method, result) }));
  }
  const pipelines = methods.filter((method) => method.kind === 'pipeline');
  const { steps } = parseInput(pipelineSchema, parseJson(await readText(path), path), path);
  return pipelines.map((method) => ({ method, evaluations: ofStep(method, steps) }));
}

function ofStudy({ stage, baseline }: StudyMethod, result: RunResult): Found['evaluations'] {
  if (baseline !== undefined) {
    return ofBaseline(baseline, result);
  }
  const { stages, evaluation, clientEvaluation = {} } = result;
  const evaluated = stages.map(({ name }) => name).filter((name) => Object.hasOwn(evaluation, name));
  const name = stage === undefined ? evaluated.at(-1) : evaluated.find((known) => known === stage);
  const test = name === undefined ? undefined : evaluation[name];
  const expected = stage === undefined ? 'figures of a stage' : `figures of stage "${stage}"`;
  return test
    ? { test, clients: clientEvaluation[name ?? ''] }
    : `expected ${expected}, found those of ${listed(evaluated)}`;
}

function ofBaseline(wanted: string, { baselines = [] }: RunResult): Found['evaluations'] {
  const found = baselines.find(({ name }) => name === wanted);
  const names = listed(baselines.map(({ name }) => name));
  return found ? { test: found.evaluation } : `expected a baseline "${wanted}", found ${names}`;
}

function listed(names: readonly string[]): string {
  return names.length > 0 ? names.join(', ') : 'none';
}

/** The part of a pipeline's result that is needed here. */
const stepSchema = z.looseObject({ tag: z.string(), eval_results: evaluationSchema.exactOptional() });
const pipelineSchema = z.looseObject({ steps: z.array(stepSchema) });

/** The figures of the last evaluated step with the method's tag, or with any tag if the method names none. */
function ofStep({ step }: PipelineMethod, steps: readonly z.infer<typeof stepSchema>[]): Found['evaluations'] {
  const test = steps.findLast(({ tag, eval_results: results }) => results && (step === undefined || tag === step));
  return test?.eval_results
    ? { test: test.eval_results }
    : `expected figures of ${step === undefined ? 'a step' : `step "${step}"`}, found none`;
}

function figuresOf({ test, clients }: Evaluations): CellFigures {
  const { weightedF1, macroF1, accuracy, intervals, people } = test;
  return {
    weightedF1,
    macroF1,
    accuracy,
    ...(intervals.kind === 'people' && {
      intervals: { weightedF1: intervals.weightedF1, macroF1: intervals.macroF1, accuracy: intervals.accuracy },
    }),
    ...(people && { people }),
    ...(clients && {
      clients: { weightedF1: clients.weightedF1, ...(clients.people && { people: clients.people }) },
    }),
  };
}
