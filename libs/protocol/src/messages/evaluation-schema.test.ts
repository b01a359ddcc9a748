import { contractEvaluation } from '@gaitway/core/testing/contract-participant';
import { describe, expect, it } from 'vitest';
import { evaluationSchema } from './evaluation-schema.js';

const { calibration, averages } = contractEvaluation;
const { bins } = calibration;

/** Where the schema finds the first thing wrong. */
function refusal(changes: object): string | undefined {
  return evaluationSchema.safeParse({ ...contractEvaluation, ...changes }).error?.issues[0]?.path.join('.');
}

describe('the schema of an evaluation', () => {
  it('believes figures that exist and figures that do not', () => {
    expect(evaluationSchema.parse(contractEvaluation)).toEqual(contractEvaluation);
    const intervals = { kind: 'none', reason: 'intervals need at least 2 test people, found 1' };
    expect(evaluationSchema.parse({ ...contractEvaluation, intervals })).toEqual({ ...contractEvaluation, intervals });
  });

  it('takes no figure that is not a number', () => {
    expect(refusal({ calibration: { bins, error: NaN } })).toBe('calibration.error');
    expect(refusal({ calibration: { error: 0, bins: [{ windows: 1.5, confidence: 1, accuracy: 1 }] } })).toBe(
      'calibration.bins.0.windows',
    );
    expect(refusal({ averages: { ...averages, micro: { ...averages.micro, recall: '1' } } })).toBe(
      'averages.micro.recall',
    );
    expect(refusal({ intervals: { ...contractEvaluation.intervals, accuracy: { low: 0, high: Infinity } } })).toBe(
      'intervals.accuracy.high',
    );
  });

  it('takes figures of people, or none, in as many classes as the evaluation has', () => {
    const { people, ...without } = contractEvaluation;
    expect(evaluationSchema.parse(without)).toEqual(without);
    expect(refusal({ people: [{ ...people![0], confusion: [[2]] }] })).toBe('confusion');
    expect(refusal({ people: [{ ...people![0], windows: -1 }] })).toBe('people.0.windows');
  });

  it('takes no part that is missing or unknown', () => {
    expect(refusal({ calibration: undefined })).toBe('calibration');
    expect(refusal({ intervals: null })).toBe('intervals');
    expect(refusal({ intervals: { ...contractEvaluation.intervals, names: ['ann', 'ben'] } })).toBe('intervals');
  });
});
