import { describe, expect, it } from 'vitest';
import { transformationContract } from './transformation.contract.js';
import { transformationNames } from './transformation.js';
import { transformations } from './transformations.js';

describe('the registry', () => {
  it('holds the eight transformations in the order of their names', () => {
    expect(Object.keys(transformations)).toEqual(transformationNames);
  });
});

for (const name of transformationNames) {
  transformationContract(name, transformations[name]);
}
