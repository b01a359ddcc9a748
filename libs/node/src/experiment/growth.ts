/** Whether an experiment is the one that a folder was begun with, grown or not. */

import { digestJson, type Issue } from '@gaitway/core';
import { z } from 'zod';
import type { Experiment } from './experiment.js';

/** As much of a frozen experiment as its finished cells depend on. */
export interface BegunExperiment {
  readonly name: string;
  readonly backend?: unknown;
  readonly test?: unknown;
  readonly methods: readonly { readonly name: string }[];
}

export const begunSchema: z.ZodType<BegunExperiment> = z.looseObject({
  name: z.string(),
  methods: z.array(z.looseObject({ name: z.string() })),
});

/**
 * What is another than when the experiment began. Seeds, label budgets and references may come and go, and methods may
 * come: a finished cell depends on none of them. A method that left could come back as another under the same name.
 */
export async function growthIssues(begun: BegunExperiment, experiment: Experiment): Promise<readonly Issue[]> {
  const issues: Issue[] = [];
  for (const key of ['name', 'backend', 'test'] as const) {
    if (!(await same(begun[key], experiment[key]))) {
      const [expected, found] = [begun[key], experiment[key]].map(written);
      issues.push({ path: key, message: `expected ${expected}, as the experiment began, found ${found}` });
    }
  }
  for (const method of begun.methods) {
    const now = experiment.methods.find(({ name }) => name === method.name);
    if (!(await same(method, now))) {
      const found = now ? 'another' : 'nothing';
      issues.push({ path: `methods.${method.name}`, message: `expected it as the experiment began, found ${found}` });
    }
  }
  return issues;
}

function written(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

async function same(one: unknown, other: unknown): Promise<boolean> {
  return one === undefined || other === undefined
    ? one === other
    : (await digestJson(one)) === (await digestJson(other));
}
