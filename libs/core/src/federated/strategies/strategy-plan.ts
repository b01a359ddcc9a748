/** The strategy as a study specifies it, and the creation of that strategy. */

import { z } from 'zod';
import type { LocalSteps, Strategy } from '../strategy.js';
import * as allStrategies from './all-strategies.js';
import type { ClientSide, StrategyKind } from './strategy-kind.js';

type SettingsOf<Kind> = Kind extends StrategyKind<infer Settings> ? Settings : never;

/** The settings of one strategy, including defaults. */
export type StrategySettings = SettingsOf<(typeof allStrategies)[keyof typeof allStrategies]>;

export type StrategyName = StrategySettings['kind'];

/** A strategy: its name, for default settings, or its settings. */
export type StrategyPlan = StrategyName | StrategySettings;

/** Keyed by name, which determines the type of the settings. */
const kinds: ReadonlyMap<string, StrategyKind<StrategySettings>> = new Map(
  Object.values(allStrategies as Readonly<Record<string, unknown>>)
    .map((kind) => kind as StrategyKind<StrategySettings>)
    .map((kind) => [kind.kind, kind]),
);

/** Names by which a stage of a study chooses its strategy. */
export const strategyNames: readonly StrategyName[] = [...kinds.values()].map(({ kind }) => kind);

const [firstSettings, ...otherSettings] = [...kinds.values()].map(({ settings }) => settings);

/**
 * A strategy as a study writes it. The parsed value has every setting; a strategy without settings becomes its name, in
 * whichever form it was written.
 */
export const strategyPlan: z.ZodType<StrategyPlan> = z
  .union([z.enum(strategyNames), z.discriminatedUnion('kind', [firstSettings!, ...otherSettings])])
  .transform((written): StrategyPlan => {
    const settings = completed(written);
    return Object.keys(settings).length === 1 ? settings.kind : settings;
  })
  .describe("How the clients' updates become the next parameters: a strategy's name, or its kind with settings");

/**
 * A new strategy.
 *
 * @param localSteps - The clients' numbers of steps, for strategies that use them (`fed-nova`), which throw without
 *
 * @example
 * const strategy = createStrategy({ kind: 'trimmed-mean', share: 0.2 });
 */
export function createStrategy(plan: StrategyPlan, localSteps: LocalSteps = unknownSteps): Strategy {
  const settings = completed(plan);
  return kindOf(settings.kind).strategy(settings, localSteps);
}

/** What a strategy requires of the training on the clients. */
export function clientSideOf(plan: StrategyPlan): ClientSide {
  const settings = completed(plan);
  return kindOf(settings.kind).client?.(settings) ?? {};
}

function unknownSteps(): never {
  throw new Error('Expected the number of local steps by the number of windows, found nothing');
}

function completed(plan: StrategyPlan): StrategySettings {
  return typeof plan === 'string' ? kindOf(plan).settings.parse({ kind: plan }) : plan;
}

function kindOf(name: StrategyName): StrategyKind<StrategySettings> {
  return kinds.get(name)!;
}
