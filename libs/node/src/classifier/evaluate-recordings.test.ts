import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type HandMadeRecording, writeHandMadeFiles } from '../testing/hand-made-files.js';
import { escapedHostile, faultsOf, hostile, outsideReferences } from '../testing/page-checks.js';
import { evaluationOf } from '../testing/sample-evaluation.js';
import { evaluateRecordings } from './evaluate-recordings.js';
import { type EvaluatedModel, renderEvaluation, renderEvaluationPage } from './render-evaluation.js';

/** The model takes ann's window for sitting, ben's first for walking and cyd's for sitting. */
const recordings: readonly HandMadeRecording[] = [
  { person: 'ann', x: [1, 1, 1, 1], activity: 'sitting' },
  { person: 'ben', x: [5, 5, 5, 5], activity: 'walking' },
  { person: 'cyd', x: [1, 1, 1, 1], activity: 'walking' },
];

describe('an evaluation of a file', () => {
  it('is of everybody in the folder, and warns that nobody knows whether the model has learned from them', async () => {
    const evaluated = await evaluateRecordings({ ...(await writeHandMadeFiles(recordings)), backend: 'cpu' });
    expect(evaluated.people).toEqual(['ann', 'ben', 'cyd']);
    expect(evaluated.evaluation).toMatchObject({ windows: 3, confusion: [[1, 0], [1, 1]] }); // prettier-ignore
    expect(renderEvaluation(evaluated)).toContain('A model file does not say from whose recordings it learned');
  });

  it('is of the people that are named', async () => {
    const files = await writeHandMadeFiles(recordings);
    const { evaluation } = await evaluateRecordings({ ...files, people: ['cyd', 'ben'], backend: 'cpu' });
    expect(evaluation.people?.map(({ name, windows }) => [name, windows])).toEqual([
      ['cyd', 1],
      ['ben', 1],
    ]);
    await expect(evaluateRecordings({ ...files, people: ['dot'] })).rejects.toThrow('expected recordings of dot');
  });

  it('refuses activities that the model does not know', async () => {
    const files = await writeHandMadeFiles([{ person: 'ann', x: [1, 1, 1, 1], activity: 'siting' }]);
    await expect(evaluateRecordings({ ...files, backend: 'cpu' })).rejects.toThrow(
      'ann/001.csv: expected one of sitting, walking; found "siting"; did you mean "sitting"?',
    );
  });

  it('puts its figures into a page, and into no file that is there', async () => {
    const files = await writeHandMadeFiles(recordings);
    const out = join(files.folder, 'figures.html');
    const evaluated = await evaluateRecordings({ ...files, out, backend: 'cpu', stay: 0.9 });
    expect(evaluated.page).toBe(out);
    expect(await readFile(out, 'utf8')).toBe(renderEvaluationPage(evaluated));
    await writeFile(out, 'mine');
    await expect(evaluateRecordings({ ...files, out })).rejects.toThrow('figures.html: expected a new file');
    expect(await readFile(out, 'utf8')).toBe('mine');
  });
});

const facts = { file: 'fine-tune.safetensors', study: 'walks', studyDigest: 'ab'.repeat(32), stage: 'fine-tune' };
const figures: EvaluatedModel = {
  model: facts,
  backend: 'wasm',
  people: ['ann', 'ben'],
  learnedFrom: [],
  evaluation: evaluationOf([[6, 2], [1, 3]], ['sitting', 'walking']), // prettier-ignore
};
const smoothed: EvaluatedModel = {
  ...figures,
  learnedFrom: ['ben'],
  smoothed: {
    smoothing: { stay: 0.9, weight: 1 },
    evaluation: evaluationOf([[8, 0], [1, 3]], ['sitting', 'walking']), // prettier-ignore
  },
};

describe('the text of an evaluation', () => {
  it('has the figures, and those of each activity', () => {
    const lines = renderEvaluation(figures).split('\n');
    expect(lines).toContainEqual(expect.stringMatching(/^Accuracy +0\.750 \[/));
    expect(lines).toContainEqual(expect.stringMatching(/^Log loss +0\.500$/));
    expect(lines).toContainEqual(expect.stringMatching(/^sitting +8 +0\.857 +0\.750 +0\.800$/));
    expect(lines).toContain('12 windows of ann, ben');
    expect(lines.join('\n')).not.toContain('Smoothed');
  });

  it('sets smoothed figures beside the plain ones, with the assumption behind them', () => {
    const text = renderEvaluation(smoothed);
    expect(text).toMatch(/^ +Each window by itself +Smoothed +Difference in points$/m);
    expect(text).toMatch(/^Accuracy +0\.750 \[.*\] +0\.917 \[.*\] +\+16\.7$/m);
    expect(text).toContain('the activity stays the same with probability 0.9.');
    expect(text).toContain('The model has learned from ben: their figures say little about other people.');
  });
});

describe('the page of an evaluation', () => {
  it.each([figures, smoothed])('is well formed and complete in itself', (evaluated) => {
    const page = renderEvaluationPage(evaluated);
    expect(faultsOf(page)).toEqual([]);
    expect(outsideReferences(page)).toEqual([]);
    expect(page).toContain('The model reaches a weighted F1 of 0.756 on 12 windows of 2 people.');
  });

  it('escapes every name', () => {
    const model = { file: hostile, study: hostile, studyDigest: hostile, stage: hostile };
    const evaluation = evaluationOf([[1, 0], [0, 1]], [hostile, 'b']); // prettier-ignore
    const page = renderEvaluationPage({
      model,
      backend: hostile,
      people: [hostile],
      learnedFrom: [hostile],
      evaluation,
    });
    expect(outsideReferences(page)).toEqual([]);
    expect(page).toContain(escapedHostile);
    expect(page).not.toContain(hostile);
  });
});
