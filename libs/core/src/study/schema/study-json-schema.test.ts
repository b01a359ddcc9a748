import { describe, expect, it } from 'vitest';
import { studyJsonSchema } from './study-schema.js';

type Schema = Readonly<Record<string, unknown>>;

const schema = studyJsonSchema();
const properties = schema['properties'] as Readonly<Record<string, Schema>>;

describe('studyJsonSchema', () => {
  it('asks only for what has no default', () => {
    expect(schema['required']).toEqual(['name', 'activities', 'sensors', 'people', 'stages']);
    expect(properties['seed']).toMatchObject({ type: 'integer', default: 1 });
  });

  it('refuses unknown keys', () => {
    expect(schema['additionalProperties']).toBe(false);
    expect(properties['sensors']).toHaveProperty('additionalProperties', false);
  });

  it('offers presets, and stages on both sides', () => {
    const [presets, list] = properties['stages']!['anyOf'] as readonly [Schema, Schema];
    expect(presets['enum']).toContain('selfhar');
    const kinds = (list['items'] as Schema)['oneOf'] as readonly Schema[];
    expect(kinds.map((kind) => kind['required'])).toEqual([
      ['where', 'name', 'objective'],
      ['where', 'name', 'objective', 'rounds'],
    ]);
  });

  it('says that people may be numbers', () => {
    const people = properties['people']!['properties'] as Readonly<Record<string, Schema>>;
    expect((people['test']!['items'] as Schema)['anyOf']).toMatchObject([{ type: 'string' }, { type: 'integer' }]);
  });
});
