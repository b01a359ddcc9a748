import { describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import type { ByHead } from '../model/network-spec.js';
import { countingRecording } from '../testing/windows.js';
import { compareTasks, type TaskReport } from './compare-tasks.js';
import type { TaskPlan } from './task-plan.js';
import type { TaskWindows } from './task-windows.js';

const place: TaskPlan = { kind: 'exclusive', outputs: ['in', 'out'], labels: 'activity', hiddenUnits: 0 };

/** Four windows of each person; of each person's windows the first has no label, the others are in, out, in. */
function windowsOf(people: readonly string[]): TaskWindows {
  const recordings = people.map((person) => countingRecording(person, 4));
  const rows = [NaN, NaN, 1, 0, 0, 1, 1, 0];
  return {
    windows: {
      shape: { length: 1, channels: 1 },
      recordings,
      recordingOf: Uint32Array.from(people.flatMap((_, index) => [index, index, index, index])),
      startOf: Uint32Array.from(people.flatMap(() => [0, 1, 2, 3])),
    },
    labels: { place: Float32Array.from(people.flatMap(() => rows)) },
  };
}

const right = [0, 1, 1, 0, 0, 1, 1, 0];
const wrong = right.map((probability) => 1 - probability);

function compare(people: readonly string[], joint: readonly number[], alone?: readonly number[]): TaskReport {
  const repeated = (row: readonly number[]): ByHead<Float32Array> => ({
    place: Float32Array.from(people.flatMap(() => row)),
  });
  const compared = { joint: repeated(joint), alone: alone ? repeated(alone) : {}, rng: createRng(1) };
  return compareTasks({ place }, windowsOf(people), compared)[0]!;
}

describe('a task that was trained jointly and alone', () => {
  it('has figures over the test windows with a label', () => {
    expect(compare(['ann', 'ben'], right)).toEqual({
      task: 'place',
      kind: 'exclusive',
      figure: 'weighted F1',
      windows: 6,
      joint: 1,
    });
  });

  it('shows negative transfer where joint is worse whichever people are drawn', () => {
    expect(compare(['ann', 'ben'], wrong, right).transfer).toEqual({
      alone: 1,
      difference: -1,
      interval: { low: -1, high: -1 },
      decidedBy: 'interval',
      verdict: 'negative transfer',
    });
    expect(compare(['ann', 'ben'], right, wrong).transfer!.verdict).toBe('positive transfer');
  });

  it('shows no clear difference where people disagree about it', () => {
    const people = ['ann', 'ben'];
    const joint = { place: Float32Array.of(...wrong, ...right) };
    const alone = { place: Float32Array.of(...right, ...wrong) };
    const report = compareTasks({ place }, windowsOf(people), { joint, alone, rng: createRng(1) })[0]!;
    expect(report.transfer).toMatchObject({ difference: 0, interval: { low: -1, high: 1 } });
    expect(report.transfer!.verdict).toBe('no clear difference');
  });

  it('is judged by the margin where there is one test person', () => {
    const { transfer } = compare(['ann'], wrong, right);
    expect(transfer).toEqual({ alone: 1, difference: -1, decidedBy: 'margin', verdict: 'negative transfer' });
    expect(compare(['ann'], right, right).transfer!.verdict).toBe('no clear difference');
  });
});
