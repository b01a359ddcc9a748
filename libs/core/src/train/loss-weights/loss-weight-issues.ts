/** What is wrong with a plan of loss weights for a network and a training. */

import { InvalidInput, type Issue } from '../../errors.js';
import type { WeightInRound } from '../../model/loss-weights/scheduled.js';
import type { LossWeightPlan } from './loss-weight-plan.js';
import { lossWeightRule } from './loss-weight-rule.js';

type Plan = LossWeightPlan | LossWeightPlan<WeightInRound>;
type NamedRule = 'dynamic-average' | 'uncertainty';

/** One training: a rule begins afresh with it, so on clients it is a round. */
export interface WeighedTraining {
  /** By name. */
  readonly heads: readonly string[];
  readonly epochs?: number;
  readonly steps?: number;
}

/** Weights that could never move, heads that are not there, and schedules that do not rise. */
export function lossWeightIssues(plan: Plan, training: WeighedTraining, path: string): readonly Issue[] {
  if (typeof plan === 'string') {
    return plan === 'equal' ? [] : namedRuleIssues(plan, training, path);
  }
  const keys = Object.keys(plan);
  if (keys.length !== 1) {
    return [{ path, message: `expected fixed, or schedule; found ${keys.length === 0 ? 'neither' : 'both'}` }];
  }
  return plan.schedule && training.heads.length === 1
    ? [singleHeadIssue('a schedule', path)]
    : issuesOfItsRule(plan, training, path);
}

function namedRuleIssues(rule: NamedRule, { heads, epochs, steps }: WeighedTraining, path: string): readonly Issue[] {
  if (heads.length === 1) {
    return [singleHeadIssue(`"${rule}"`, path)];
  }
  const { least, unit, reason } = beginnings[rule];
  const found = unit === 'epochs' ? (epochs ?? steps) : steps;
  if (found === undefined || found >= least) {
    return [];
  }
  const written = epochs === undefined ? `steps: ${found}` : `epochs: ${found}`;
  return [{ path, message: `expected at least ${least} ${unit} in one go, because ${reason}, found ${written}` }];
}

/** When a rule moves a weight for the first time. A pass over the data is at least one step. */
const beginnings = {
  'dynamic-average': { least: 3, unit: 'epochs', reason: '"dynamic-average" weighs equally in the first two' },
  uncertainty: { least: 2, unit: 'steps', reason: '"uncertainty" weighs equally in the first' },
} as const;

function singleHeadIssue(found: string, path: string): Issue {
  return { path, message: `expected equal or fixed weights, because there is only one head, found ${found}` };
}

/** What the rule itself has to say, at the place where the plan says it. */
function issuesOfItsRule(plan: Exclude<Plan, string>, { heads }: WeighedTraining, path: string): readonly Issue[] {
  try {
    lossWeightRule(plan).init(heads);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) {
      const place = `${path}.${plan.schedule ? 'schedule' : 'fixed'}`;
      return error.issues.map((issue) => ({ path: `${place}.${issue.path}`, message: issue.message }));
    }
    throw error;
  }
}
