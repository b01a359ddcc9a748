import { InvalidInput } from '@gaitway/core';
import { describe, expect, it } from 'vitest';
import { createEnrolmentCode, enrolmentCodeText, hashOf, isHashOf, parseEnrolmentCode } from './enrolment-code.js';

const coordinator = '0123-4567-89ab-cdef-0123-4567-89ab-cdef';

describe('an enrolment code', () => {
  it.each(['ward-3', 'Ward 3 (north)', "Łódź's 4:th", 'a#b/c?d%e', '100 %'])(
    'for "%s" comes back from its text, which a shell and a link take as it is',
    (client) => {
      const code = createEnrolmentCode(client, coordinator);
      const text = enrolmentCodeText(code);
      expect(text).toMatch(/^[\w.%-]+:[0-9a-f-]{24}:[0-9a-f-]{39}$/);
      expect(parseEnrolmentCode(text)).toEqual(code);
      expect(parseEnrolmentCode(` ${text}\n`)).toEqual(code);
      expect(new URL(`http://127.0.0.1:7070/walks#${text}`).hash).toBe(`#${text}`);
    },
  );

  it('has a secret of its own', () => {
    const secrets = Array.from({ length: 100 }, () => createEnrolmentCode('ann', coordinator).secret);
    expect(new Set(secrets).size).toBe(100);
  });

  it.each([
    '',
    'ward-3',
    `ward-3:0000-0000-0000-0000-0000:${coordinator}0`,
    `:0000-0000-0000-0000-0000:${coordinator}`,
    `%E0:0000-0000-0000-0000-0000:${coordinator}`,
    `a:b:0000-0000-0000-0000-0000:${coordinator}`,
  ])('is not "%s", which is not repeated', (text) => {
    expect(() => parseEnrolmentCode(text)).toThrow(InvalidInput);
    expect(() => parseEnrolmentCode(text)).toThrow(`found other text of ${text.length} characters`);
  });

  it('is known by the hash of its secret alone', () => {
    const { secret } = createEnrolmentCode('ann', coordinator);
    expect(hashOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'); // FIPS 180-2
    expect(isHashOf(hashOf(secret), secret)).toBe(true);
    expect(isHashOf(hashOf(secret), createEnrolmentCode('ann', coordinator).secret)).toBe(false);
  });
});
