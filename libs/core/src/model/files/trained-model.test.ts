import { describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { smallSpec } from '../../testing/small-network.js';
import { initialParameters } from '../parameters/initial-parameters.js';
import { layoutOf } from '../parameters/layout.js';
import type { NetworkSpec } from '../network-spec.js';
import { carryOverModel } from './trained-model.js';

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
