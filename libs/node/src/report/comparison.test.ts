import { describe, expect, it } from 'vitest';
import type { Run } from '../run/read-run.js';
import { sampleRun } from '../testing/sample-run.js';
import { without } from '../testing/without.js';
import { columnsOf, comparisonOf } from './comparison.js';

/** The sample run with some stages not evaluated. */
function withoutEvaluation(...stages: readonly string[]): Run {
  const run = sampleRun();
  const kept = Object.entries(run.result.evaluation).filter(([stage]) => !stages.includes(stage));
  return { ...run, result: { ...run.result, evaluation: Object.fromEntries(kept) } };
}

describe('a comparison', () => {
  it('sets the last model against the teacher', () => {
    const run = sampleRun();
    expect(comparisonOf(run)).toEqual({
      teacher: { stage: 'teacher', evaluation: run.result.evaluation['teacher'] },
      role: 'Final model',
      final: { stage: 'fine-tune', evaluation: run.result.evaluation['fine-tune'] },
    });
  });

  it('takes the model that a stage starts from as the teacher where the newest model labels', () => {
    const run = sampleRun();
    const stages = run.study.stages.map((stage) =>
      stage.teacher === undefined ? stage : { ...stage, from: 'teacher', teacher: 'newest' },
    );
    expect(comparisonOf({ ...run, study: { ...run.study, stages } })?.teacher?.stage).toBe('teacher');
  });

  it('takes the last model that was evaluated', () => {
    expect(comparisonOf(withoutEvaluation('fine-tune'))?.final.stage).toBe('student');
  });

  it('has no teacher where none labels windows, was evaluated, or taught another', () => {
    const run = sampleRun();
    const stages = run.study.stages.map((stage) => without(stage, 'teacher'));
    expect(comparisonOf({ ...run, study: { ...run.study, stages } })?.teacher).toBeUndefined();
    expect(comparisonOf(withoutEvaluation('teacher'))?.teacher).toBeUndefined();
    expect(comparisonOf(withoutEvaluation('student', 'fine-tune'))).toMatchObject({ final: { stage: 'teacher' } });
    expect(comparisonOf(withoutEvaluation('student', 'fine-tune'))?.teacher).toBeUndefined();
  });

  it('does not exist where nothing was evaluated', () => {
    expect(comparisonOf(withoutEvaluation('teacher', 'student', 'fine-tune'))).toBeUndefined();
  });

  it('names its columns by role, and by stage where that is another word', () => {
    expect(columnsOf(comparisonOf(sampleRun())!).map(({ heading }) => heading)).toEqual([
      'Teacher',
      'Final model (fine-tune)',
    ]);
  });
});
