/** Refuses numbers in YAML that lose a part of what was written: the name 01 would become 1. */

import { InvalidInput, type Issue } from '@gaitway/core';
import { type Document, isPair, isScalar, LineCounter, type Scalar, visit } from 'yaml';

/** Keys below which names of people or activities stand, also those that are numbers. */
const NAMES: ReadonlySet<string> = new Set([
  'people',
  'activities',
  'labelled',
  'test',
  'clients',
  'constant',
  'names',
]);

/**
 * Passes when each number in a document is written as numbers are: without a zero, a plus or a letter before it, and
 * where it is a name, as it is spelled in data.
 *
 * @param text - What the document was parsed from.
 * @throws InvalidInput with the line and column of each number that should be in quotes
 */
export function refuseLostDigits(document: Document, text: string, path: string): void {
  const lines = new LineCounter();
  for (let at = -1; at !== -1 || lines.lineStarts.length === 0; at = text.indexOf('\n', at + 1)) {
    lines.addNewLine(at + 1);
  }
  const issues: Issue[] = [];
  visit(document, {
    Scalar: (_, node, ancestors) => {
      const isName = ancestors.some(
        (outer) => isPair(outer) && isScalar(outer.key) && NAMES.has(String(outer.key.value)),
      );
      if (isLost(node, isName)) {
        const { line, col } = lines.linePos(node.range?.[0] ?? 0);
        const found = node.source ?? '';
        const message = `expected a number, or a name in quotes, found ${found}, which would be read as ${String(node.value)}: quote it ('${found}')`;
        issues.push({ path: `line ${line}, column ${col}`, message });
      }
    },
  });
  if (issues.length > 0) {
    throw new InvalidInput(path, issues);
  }
}

function isLost({ type, value, source = '' }: Scalar, isName: boolean): boolean {
  if (type !== 'PLAIN' || typeof value !== 'number') {
    return false;
  }
  return isName ? source !== String(value) : /^[-+]?0[\dxo]/i.test(source);
}
