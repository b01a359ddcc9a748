/** What is asked where the files do not tell it. */

import { InvalidInput } from '@gaitway/core';
import { accelerationUnits, MANIFEST_FILE } from '@gaitway/core/data';

/** Something that the files do not tell. */
export interface Question {
  /** Key of the manifest. */
  readonly key: 'person' | 'unit' | 'rateHz' | 'channels';
  readonly text: string;
}

/** Asks the user; undefined where nobody answers. */
export type Ask = (question: Question) => Promise<string | undefined>;

export const unitQuestion: Question = {
  key: 'unit',
  text: `In which unit is the acceleration (${accelerationUnits.join(', ')})?`,
};

/**
 * The answer to a question.
 *
 * @throws InvalidInput where there is none.
 */
export async function answer(ask: Ask, question: Question): Promise<string> {
  const given = (await ask(question))?.trim() ?? '';
  if (given === '') {
    const message = `expected an answer that the files do not give: ${question.text} Start this on a terminal, or write ${MANIFEST_FILE} yourself (docs/data.md)`;
    throw new InvalidInput(question.key, [{ path: '', message }]);
  }
  return given;
}
