/** The schema of the rule by which a stage or step says which parts of its network learn, and checks of its names. */

import { z } from 'zod';
import type { Issue } from '../../errors.js';
import { formatChoices, didYouMean } from '../../input-text.js';
import { convolutionNames, partsOnCore, trainableParts, type TrainableRule } from './network-parts.js';
import type { NetworkSpec } from '../network-spec.js';

export const trainableRule: z.ZodType<TrainableRule> = z
  .union([
    z.enum(['all', 'heads']),
    z.strictObject({ last: z.int().min(1) }),
    z.strictObject({ above: z.string() }),
    z.array(z.string()).min(1),
  ])
  .describe('What learns: all, heads, last: layers from the top, above: a convolution, or names of parts');

/** Issues for parts that a rule names and the network does not have. */
export function trainableRuleIssues(spec: NetworkSpec, rule: TrainableRule, path: string): readonly Issue[] {
  if (rule === 'all' || rule === 'heads' || 'last' in rule) {
    return [];
  }
  if ('above' in rule) {
    return unknownNames([{ name: rule.above, path: `${path}.above` }], convolutionNames(spec));
  }
  return unknownNames(
    rule.map((name, index) => ({ name, path: `${path}[${index}]` })),
    trainableParts(spec, 'all'),
  );
}

function unknownNames(
  named: readonly { readonly name: string; readonly path: string }[],
  known: readonly string[],
): readonly Issue[] {
  return named
    .filter(({ name }) => !known.includes(name))
    .map(({ name, path }) => ({
      path,
      message: `expected ${formatChoices(known)}, found "${name}"${didYouMean(name, known)}`,
    }));
}

/**
 * Reasons why the features of a core cannot be computed just once.
 *
 * @param versions - Names of transformations that make versions of windows
 */
export function cachingIssues(
  spec: NetworkSpec,
  rule: TrainableRule,
  versions: readonly string[],
  path: string,
): readonly Issue[] {
  const message =
    'expected false, because features change where the core learns or windows are transformed, found true';
  return freezesCore(spec, rule) && versions.length === 0 ? [] : [{ path, message }];
}

function freezesCore(spec: NetworkSpec, rule: TrainableRule): boolean {
  const onCore = partsOnCore(spec);
  return trainableParts(spec, rule).every((part) => onCore.includes(part));
}
