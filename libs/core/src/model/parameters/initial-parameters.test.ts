import { describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { oracleSpec } from '../../testing/oracle-student.js';
import { smallSpec } from '../../testing/small-network.js';
import type { NetworkSpec } from '../network-spec.js';
import { carryOver, initialParameters, carryOverModel } from './initial-parameters.js';
import { layoutOf, type ParameterLayout } from './layout.js';

const student = layoutOf(oracleSpec);
const teacher = layoutOf({ ...oracleSpec, heads: [oracleSpec.heads[0]!] });

function slot(layout: ParameterLayout, parameters: Float32Array, name: string): Float32Array {
  const { offset, size } = layout.slots.find((candidate) => candidate.name === name)!;
  return parameters.subarray(offset, offset + size);
}

describe('initial parameters', () => {
  it.each([
    ['conv1/kernel', Math.sqrt(6 / (24 * 3 + 24 * 32))],
    ['activity/hidden/kernel', Math.sqrt(6 / (96 + 1024))],
    ['transformations/hidden/kernel', Math.sqrt(6 / (96 + 256))], // each head counts its own hidden units
    ['transformations/output/kernel', Math.sqrt(6 / (256 + 1))],
  ])('fill %s uniformly up to the Glorot limit', (name, limit) => {
    const values = slot(student, initialParameters(student, createRng(4)), name);
    const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    expect(largest).toBeLessThanOrEqual(Math.fround(limit));
    expect(largest).toBeGreaterThan(0.99 * limit);
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    expect(variance / (limit ** 2 / 3)).toBeCloseTo(1, 1);
  });

  it('fill the kernel of a linear head from a normal distribution with deviation 0.01', () => {
    const linear = layoutOf({ ...oracleSpec, heads: [{ ...oracleSpec.heads[0]!, hiddenUnits: 0 }] });
    const values = slot(linear, initialParameters(linear, createRng(4)), 'activity/output/kernel');
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    // 576 draws: the deviation's own standard error is 3 %.
    expect(Math.abs(deviation / 0.01 - 1)).toBeLessThan(0.12);
    expect(values.some((value) => Math.abs(value) > 0.02)).toBe(true);
  });

  it('leave biases at zero', () => {
    const biases = student.slots.filter(({ name }) => name.endsWith('/bias'));
    const parameters = initialParameters(student, createRng(4));
    expect(biases.every(({ name }) => slot(student, parameters, name).every((value) => value === 0))).toBe(true);
  });

  it('give a teacher and a student of the same seed the same core', () => {
    const core = initialParameters(teacher, createRng(9)).slice(0, 84_416);
    expect(initialParameters(student, createRng(9)).slice(0, 84_416)).toEqual(core);
  });
});

describe('carrying over', () => {
  it("takes a student's core and activity head into a teacher, and leaves the other heads behind", () => {
    const learned = initialParameters(student, createRng('learned'));
    const result = carryOver(teacher, initialParameters(teacher, createRng('fresh')), {
      layout: student,
      parameters: learned,
    });
    expect(result).toEqual(learned.slice(0, teacher.size));
  });

  it.each([
    ['has another number of classes', { outputs: ['a', 'b', 'c', 'd', 'e'] }],
    ['is linear', { hiddenUnits: 0 }],
  ])('keeps a whole head fresh where it %s', (_, difference) => {
    const other = layoutOf({ ...oracleSpec, heads: [{ ...oracleSpec.heads[0]!, ...difference }] });
    const fresh = initialParameters(other, createRng('fresh'));
    const learned = initialParameters(student, createRng('learned')).map((value) => value + 1);
    const result = carryOver(other, fresh, { layout: student, parameters: learned });
    expect(result.slice(84_416)).toEqual(fresh.slice(84_416));
    expect(result.slice(0, 84_416)).toEqual(learned.slice(0, 84_416));
  });
});

function withActivities(...outputs: readonly string[]): NetworkSpec {
  return { ...smallSpec, heads: [{ ...smallSpec.heads[0]!, outputs }] };
}

function parametersOf(network: NetworkSpec, seed: number): Float32Array {
  return initialParameters(layoutOf(network), createRng(seed));
}

/** The parts of `network` whose values in `result` are those of the source. */
function carriedParts(network: NetworkSpec, source: NetworkSpec): readonly string[] {
  const own = parametersOf(network, 1);
  const result = carryOverModel(network, own, { network: source, parameters: parametersOf(source, 2) });
  const kernels = layoutOf(network).slots.filter(
    ({ name }) => name.endsWith('output/kernel') || /conv\d\/kernel/.test(name),
  );
  return kernels
    .filter(({ offset, size }) =>
      result.subarray(offset, offset + size).some((value, at) => value !== own[offset + at]),
    )
    .map(({ part }) => part);
}

describe('what a network takes over from a model', () => {
  const convolutions = ['conv1', 'conv2', 'conv3'];

  it('is the core and the head that answers the same', () => {
    expect(carriedParts(withActivities('a', 'b', 'c'), smallSpec)).toEqual([...convolutions, 'activity']);
  });

  it('is the core alone where the classes are others, even as many', () => {
    expect(carriedParts(withActivities('a', 'b'), smallSpec)).toEqual(convolutions);
    expect(carriedParts(withActivities('a', 'c', 'b'), smallSpec)).toEqual(convolutions);
  });

  it('is no head where tasks share the networks in different ways', () => {
    const linear = { ...smallSpec, heads: [{ ...smallSpec.heads[0]!, hiddenUnits: 0 }] };
    const onHidden = (descriptor: 'added' | 'gated'): NetworkSpec => ({
      ...linear,
      sharedHidden: { units: 6, descriptor }, // as many units as features
    });
    expect(carriedParts(linear, onHidden('added'))).toEqual(convolutions);
    expect(carriedParts(onHidden('gated'), onHidden('added'))).toEqual(convolutions);
    expect(carriedParts(onHidden('gated'), onHidden('gated'))).toEqual([...convolutions, 'activity']);
    expect(carriedParts(linear, { ...linear, sharedConvolutions: 2 })).toEqual(['conv1', 'conv2']);
    expect(carriedParts({ ...linear, sharedConvolutions: 2 }, { ...linear, sharedConvolutions: 2 })).toEqual([
      'conv1',
      'conv2',
      'activity.conv3',
      'activity',
    ]);
  });
});
