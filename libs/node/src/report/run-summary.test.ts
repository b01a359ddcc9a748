import { describe, expect, it } from 'vitest';
import { sampleRun } from '../testing/sample-run.js';
import { without } from '../testing/without.js';
import { renderRunSummary } from './run-summary.js';

describe('the summary of a run', () => {
  it('sets teacher and final model side by side', () => {
    expect(renderRunSummary(sampleRun()).split('\n')).toEqual([
      '              teacher   final     difference',
      'Weighted F1     0.696   0.940   +24.4 points',
      'Macro F1        0.703   0.940   +23.7 points',
      'Accuracy        0.696   0.940   +24.5 points',
      'Kappa           0.631   0.927   +29.6 points',
      'ROC AUC         0.945   0.989    +4.4 points',
      '',
      '1,455 test windows; final model: stage "fine-tune"',
      '',
      expect.stringMatching(/^Report: runs.sample.report\.html$/),
    ]);
  });

  it('has one column without a teacher, and none without an evaluation', () => {
    const run = sampleRun();
    const evaluation = without(run.result.evaluation, 'teacher');
    const alone = renderRunSummary({ ...run, result: { ...run.result, evaluation } });
    expect(alone.split('\n').slice(0, 2)).toEqual(['              final', 'Weighted F1   0.940']);
    const none = renderRunSummary({ ...run, result: { ...run.result, evaluation: {} } });
    expect(none).toMatch(/^No model of this study tells activities apart\./);
  });
});
