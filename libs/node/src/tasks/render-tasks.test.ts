import { describe, expect, it } from 'vitest';
import { countOf, escapedHostile, faultsOf, hostile, outsideReferences } from '../testing/page-checks.js';
import { sampleTasks } from '../testing/sample-tasks.js';
import { without } from '../testing/without.js';
import { renderTasks } from './render-tasks.js';

describe("a multi-task training's report", () => {
  const { plan, result } = sampleTasks();
  const page = renderTasks(plan, result);
  const text = page.replace(/<[^>]*>/g, '|').replace(/[|\s]*\|[|\s]*/g, '|');

  it('begins with the figure of each task and what the others did to it', () => {
    expect(page).toContain('<h1>walking-aids</h1>');
    expect(page).toContain(
      '2 tasks learned together. Beside training alone: negative transfer for 1 task, no clear difference for 1 task.',
    );
    expect(text).toContain('|0.750|pace, weighted F1|−0.250|speed, R2|');
  });

  it('shows joint, alone and their difference with interval and verdict', () => {
    expect(text).toContain(
      '|pace|exclusive|weighted F1|200|0.750|0.800|−0.050 [−0.071, −0.012]|negative transfer (95% interval over people)|',
    );
    expect(text).toContain('|speed|regression|R2|150|−0.250|–|–|no clear difference (margin of 0.02)|');
  });

  it('counts labels that are there and labels that are missing', () => {
    expect(text).toContain('|pace|600|400|60|40|200|0|');
    expect(text).toContain('|speed|1,000|0|100|0|150|50|');
  });

  it('draws the losses of each training and names its model', () => {
    for (const name of ['joint', 'pace alone', 'speed alone']) {
      expect(page).toContain(`<figcaption>${name}</figcaption>`);
    }
    expect(countOf(page, /Best epoch 18 of 20, validation loss 0\.950\. Learning rate 0\.0003\./g)).toBe(3);
    expect(text).toContain(`|pace alone|models/1.safetensors|${'1b'.repeat(32)}|`);
  });

  it('is well formed, needs nothing outside it and escapes every name', () => {
    expect(faultsOf(page)).toEqual([]);
    expect(outsideReferences(page)).toEqual([]);
    const dirty = sampleTasks((name) => `${hostile}${name}`);
    const escaped = renderTasks(dirty.plan, dirty.result);
    expect(faultsOf(escaped)).toEqual([]);
    expect(outsideReferences(escaped)).toEqual([]);
    expect(escaped).toContain(`<h1>${escapedHostile}walking-aids</h1>`);
  });

  it('compares nothing where no task was trained alone', () => {
    const tasks = result.tasks.map((task) => without(task, 'transfer'));
    const joint = renderTasks(plan, { ...result, tasks, models: result.models.slice(0, 1) });
    expect(joint).toContain('None was trained alone, so what they do to each other is not known.');
    expect(joint).not.toMatch(/>Alone<|>Verdict<| alone</);
    expect(faultsOf(joint)).toEqual([]);
  });
});
