/** Checks that an experiment is the one that a folder was begun with, or an extension of it. */

import type { Issue } from '@gaitway/core';
import { digestJson } from '@gaitway/core/internal';
import { z } from 'zod';
import type { Experiment } from './experiment.js';

/** The part of a stored experiment on which its finished cells depend. */
export interface BegunExperiment {
  readonly name: string;
  readonly backend?: unknown;
  readonly test?: unknown;
  readonly splits?: readonly { readonly name: string }[] | undefined;
  readonly methods: readonly { readonly name: string }[];
}

const named = z.looseObject({ name: z.string() });

export const begunSchema: z.ZodType<BegunExperiment> = z.looseObject({
  name: z.string(),
  splits: z.array(named).optional(),
  methods: z.array(named),
});

/**
 * Issues for what has changed since the experiment began. Seeds, label budgets, comparisons and references may be added
 * or removed, and methods and splits may be added: no finished cell depends on them. A method or split must not be
 * removed, because it could come back under the same name with another content.
 */
export async function growthIssues(begun: BegunExperiment, experiment: Experiment): Promise<readonly Issue[]> {
  const issues: Issue[] = [];
  for (const key of ['name', 'backend', 'test'] as const) {
    if (!(await same(begun[key], experiment[key]))) {
      const [expected, found] = [begun[key], experiment[key]].map(written);
      issues.push({ path: key, message: `expected ${expected}, as the experiment began, found ${found}` });
    }
  }
  if (!begun.splits && experiment.splits) {
    issues.push({ path: 'splits', message: 'expected none, as the experiment began, found some' });
  }
  return [
    ...issues,
    ...(await changed('methods', begun.methods, experiment.methods)),
    ...(await changed('splits', begun.splits ?? [], experiment.splits ?? [])),
  ];
}

interface Named {
  readonly name: string;
}

async function changed(path: string, begun: readonly Named[], now: readonly Named[]): Promise<readonly Issue[]> {
  const issues: Issue[] = [];
  for (const before of begun) {
    const after = now.find(({ name }) => name === before.name);
    if (!(await same(before, after))) {
      const found = after ? 'another' : 'nothing';
      issues.push({ path: `${path}.${before.name}`, message: `expected it as the experiment began, found ${found}` });
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
