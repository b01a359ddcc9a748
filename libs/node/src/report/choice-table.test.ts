import { expect, it } from 'vitest';
import { sampleChoice } from '../testing/sample-choice.js';
import { renderChoice } from './choice-table.js';

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
