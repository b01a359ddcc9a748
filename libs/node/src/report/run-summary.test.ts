import { describe, expect, it } from 'vitest';
import { sampleChoice } from '../testing/sample-choice.js';
import { sampleRun } from '../testing/sample-run.js';
import { without } from '../testing/without.js';
import { renderChoice, renderRunSummary } from './run-summary.js';

describe('the summary of a run', () => {
  it('sets teacher and final model side by side', () => {
    expect(renderRunSummary(sampleRun()).split('\n')).toEqual([
      '              teacher              final                difference',
      'Weighted F1   0.696 [0.66, 0.73]   0.940 [0.90, 0.97]   +24.4 points',
      'Macro F1      0.703 [0.66, 0.73]   0.940 [0.90, 0.97]   +23.7 points',
      'Accuracy      0.696 [0.66, 0.73]   0.940 [0.90, 0.97]   +24.5 points',
      'Kappa         0.631                0.927                +29.6 points',
      'ROC AUC       0.945                0.989                 +4.4 points',
      '',
      '1,455 test windows; final model: stage "fine-tune"',
      'In brackets: 95% intervals from 1,000 resamples of the 5 test people.',
      '',
      'Baseline         Weighted F1          Macro F1             Accuracy',
      'forest           0.779 [0.74, 0.81]   0.783 [0.74, 0.81]   0.779 [0.74, 0.81]',
      'random-kernels   0.889 [0.85, 0.92]   0.889 [0.85, 0.92]   0.889 [0.85, 0.92]',
      '',
      expect.stringMatching(/^Report: runs.sample.report\.html$/),
    ]);
  });

  it('says why there are no intervals', () => {
    const run = sampleRun();
    const evaluation = run.result.evaluation['fine-tune']!;
    const intervals = { kind: 'none', reason: 'intervals need at least 2 test people, found 1' } as const;
    const result = { ...run.result, evaluation: { 'fine-tune': { ...evaluation, intervals } } };
    const summary = renderRunSummary({ ...run, result });
    expect(summary).toContain('Weighted F1   0.940\n');
    expect(summary).toContain('No intervals: intervals need at least 2 test people, found 1.');
  });

  it('has one column without a teacher, and none without an evaluation', () => {
    const run = sampleRun();
    const evaluation = without(run.result.evaluation, 'teacher');
    const alone = renderRunSummary({ ...run, result: { ...run.result, evaluation } });
    expect(alone.split('\n').slice(0, 2)).toEqual(['              final', 'Weighted F1   0.940 [0.90, 0.97]']);
    const none = renderRunSummary({ ...run, result: { ...run.result, evaluation: {} } });
    expect(none).toMatch(/^No model of this study tells activities apart\./);
  });
});

it('a choice is a table on the terminal, with what its teacher is worth', () => {
  const activities = ['downstairs', 'upstairs', 'sitting', 'standing', 'walking', 'jogging'];
  expect(renderChoice(sampleChoice, activities).split('\n')).toEqual([
    'Weighted F1 on labelled people who were held out:',
    '         without 2 (first half)   without 2 (second half)   mean    macro F1   log loss',
    'pocket   0.625                    0.875                     0.750   0.500      1.250',
    'plain    0.625                    0.875                     0.750   0.500      1.250      chosen',
    '',
    'This choice is weak: only 2 has labels.',
    'Temperature 1.750; from these confidences on the teacher is believed: downstairs 0.500, upstairs 0.500, sitting 0.625, standing 0.625, walking 0.750, jogging 0.950',
    'It took 1 min 5 s on the backend wasm.',
  ]);
});
