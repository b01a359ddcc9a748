/** Words that programs and people write into a table where there is no value. */

/** In lower case. Those of pandas, R and Weka, and dashes. */
const words: ReadonlySet<string> = new Set([
  '',
  'nan',
  '-nan',
  '1.#ind',
  '-1.#ind',
  '1.#qnan',
  '-1.#qnan',
  'na',
  '<na>',
  'n/a',
  '#n/a',
  '#n/a n/a',
  '#na',
  'nat',
  'none',
  'null',
  'nil',
  'undefined',
  'missing',
  '?',
  '-',
  '--',
  '.',
]);

/** Whether a text stands for a missing value. */
export function isMissing(text: string): boolean {
  return words.has(text.trim().toLowerCase());
}
