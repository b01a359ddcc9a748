import { describe, expect, it } from 'vitest';
import { layoutOf } from '../model/parameters/layout.js';
import { parseStudy } from '../study/parse-study.js';
import { networkOf } from '../study/plans/stage-plans.js';
import { minimalStudy, teacher, tiny } from '../testing/studies.js';
import { startingPoint } from './starting-point.js';

const study = parseStudy({ ...minimalStudy, ...tiny, stages: [{ ...teacher, from: { model: 'other.safetensors' } }] });
const [stage] = study.stages;
const network = networkOf(study, 'teacher');

/** A model of the study's network, or of other classes, whose parameters are all 7. */
function modelOf(activities: readonly string[]): { network: typeof network; parameters: Float32Array } {
  const other = { ...network, heads: [{ ...network.heads[0]!, outputs: activities }] };
  return { network: other, parameters: new Float32Array(layoutOf(other).size).fill(7) };
}

function startFrom(activities: readonly string[]): readonly string[] {
  const models = new Map([['other.safetensors', modelOf(activities)]]);
  const start = startingPoint(study, stage!, { results: {}, models });
  const carried = layoutOf(network).slots.filter(({ offset, size }) =>
    start.subarray(offset, offset + size).every((value) => value === 7),
  );
  return [...new Set(carried.map(({ part }) => part))];
}

describe('a stage that starts from a stored model', () => {
  it('takes over all that the networks share', () => {
    expect(startFrom(['sitting', 'walking'])).toEqual(['conv1', 'activity']);
  });

  it('leaves a head for other activities behind', () => {
    expect(startFrom(['cycling', 'walking'])).toEqual(['conv1']);
    expect(startFrom(['cycling', 'rowing', 'walking'])).toEqual(['conv1']);
  });

  it('cannot begin without the model', () => {
    expect(() => startingPoint(study, stage!, { results: {}, models: new Map() })).toThrow(
      'Stage "teacher" starts from the model other.safetensors, which was not given',
    );
  });
});
