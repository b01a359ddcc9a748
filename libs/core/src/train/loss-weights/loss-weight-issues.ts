/** Checks a plan of loss weights against a network and a training. */

import { InvalidInput, type Issue } from '../../errors.js';
import type { WeightInRound } from '../../model/loss-weights/scheduled.js';
import { type LossWeightPlan, lossWeightRule } from './loss-weight-plan.js';

type Plan = LossWeightPlan | LossWeightPlan<WeightInRound>;
type NamedRule = 'dynamic-average' | 'uncertainty';

/** One training, which is a round on clients, because a rule begins anew with each training. */
export interface WeighedTraining {
  /** Names of the heads. */
  readonly heads: readonly string[];
  readonly epochs?: number;
  readonly steps?: number;
}

/** Issues for weights that would never change, heads that do not exist, and schedules that do not ascend. */
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

/** When a rule changes a weight for the first time. An epoch is at least one step. */
const beginnings = {
  'dynamic-average': { least: 3, unit: 'epochs', reason: '"dynamic-average" weighs equally in the first two' },
  uncertainty: { least: 2, unit: 'steps', reason: '"uncertainty" weighs equally in the first' },
} as const;

function singleHeadIssue(found: string, path: string): Issue {
  return { path, message: `expected equal or fixed weights, because there is only one head, found ${found}` };
}

/** The issues that the rule itself reports, with their paths in the plan. */
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
