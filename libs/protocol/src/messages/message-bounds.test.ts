import { parseStudy } from '@gaitway/core';
import { layoutOf } from '@gaitway/core/model';
import { networkOf } from '@gaitway/core/study';
import { minimalStudy, student, teacher, tiny } from '@gaitway/core/testing/studies';
import { describe, expect, it } from 'vitest';
import { encode } from './codec.js';
import { largestAnswerBytes, largestTaskBytes } from './message-bounds.js';

const study = parseStudy({ ...minimalStudy, stages: [teacher, { ...student, rounds: 1 }] });
const [stage] = study.stages.filter(({ where }) => where === 'clients');
const digest = '0'.repeat(64);

describe('the bounds of the messages of a study', () => {
  it('leave room for a task with all that it may hold, and for little more', () => {
    const count = layoutOf(networkOf(study, stage!.name)).size;
    const labelling = layoutOf(networkOf(study, study.stages[0]!.name)).size;
    const whole = (values: Float32Array) => ({ kind: 'whole', digest, values }) as const;
    const task = encode({
      kind: 'task',
      id: 1,
      task: {
        kind: 'train',
        stage: stage!.name,
        round: 1,
        parameters: whole(new Float32Array(count)),
        teacher: whole(new Float32Array(labelling)),
        classPrior: study.activities.map(() => 1 / study.activities.length),
        since: 0,
      },
    });
    expect(task.length).toBeLessThanOrEqual(largestTaskBytes(study));
    expect(largestTaskBytes(study) - task.length).toBeLessThan(65_536 + 4 * Math.abs(count - labelling));
  });

  it('count a control variate in both directions', () => {
    const stages = (strategy: string) => [
      {
        name: 'student',
        where: 'clients',
        objective: 'supervised',
        rounds: 1,
        steps: 1,
        strategy,
        optimizer: { kind: 'sgd', learningRate: 0.1 },
      },
    ];
    const people = { test: ['t'], labelled: ['l'] };
    const bounds = ['fed-avg', 'scaffold'].map((strategy) => {
      const drawn = parseStudy({ ...minimalStudy, ...tiny, people, stages: stages(strategy) });
      return [largestTaskBytes(drawn), largestAnswerBytes(drawn)] as const;
    });
    const count = layoutOf(
      networkOf(parseStudy({ ...minimalStudy, ...tiny, people, stages: stages('fed-avg') }), 'student'),
    ).size;
    expect(bounds[1]![0] - bounds[0]![0]).toBe(4 * count);
    expect(bounds[1]![1] - bounds[0]![1]).toBe(4 * count);
  });
});
