/** Conditions of this machine under which a client takes tasks. */

import { InvalidInput } from '@gaitway/core';
import { InvalidArgumentError } from 'commander';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';

/** A condition, with the name that `--when` gives it. */
export interface Condition {
  readonly name: ConditionName;
  readonly isMet: () => Promise<boolean>;
}

export const conditionNames = ['charging', 'idle'] as const;

export type ConditionName = (typeof conditionNames)[number];

/**
 * Parses names such as `charging,idle`, and appends them to those of earlier options.
 *
 * @throws InvalidArgumentError for an unknown name
 */
export function parseConditions(text: string, earlier: readonly ConditionName[] = []): readonly ConditionName[] {
  const names = text.split(',').map((part) => part.trim());
  const known = conditionNames.filter((name) => names.includes(name));
  if (names.some((name) => !(conditionNames as readonly string[]).includes(name))) {
    throw new InvalidArgumentError(`Expected ${conditionNames.join(' or ')}, with commas between them.`);
  }
  return [...new Set([...earlier, ...known])];
}

/**
 * Returns the conditions with these names.
 *
 * @param platform - The value of `process.platform`
 * @throws InvalidInput on a platform where they cannot be checked
 */
export function conditionsOf(names: readonly ConditionName[], platform: NodeJS.Platform): readonly Condition[] {
  if (platform !== 'linux' && names.length > 0) {
    const message = `expected Linux, whose kernel tells of power and load, found ${platform}: use --available there`;
    throw new InvalidInput('client', [{ path: '--when', message }]);
  }
  return names.map((name) => ({
    name,
    isMet: name === 'charging' ? () => isCharging('/sys/class/power_supply') : () => Promise.resolve(isIdle()),
  }));
}

/**
 * Whether a supply other than a battery is online, or a battery is charging or full (the kernel's power supply class,
 * Documentation/ABI/testing/sysfs-class-power). A machine without any supply there runs on mains.
 *
 * @param folder - The folder in which the kernel has a folder for each supply
 */
export async function isCharging(folder: string): Promise<boolean> {
  const supplies = await readdir(folder).catch((): string[] => []);
  const states = await Promise.all(
    supplies.map(async (supply) => {
      const read = (file: string): Promise<string> =>
        readFile(join(folder, supply, file), 'utf8').then(
          (text) => text.trim(),
          () => '',
        );
      return (await read('online')) === '1' || ['Charging', 'Full'].includes(await read('status'));
    }),
  );
  return states.length === 0 || states.includes(true);
}

/** Whether the load of the last minute is below half of the processors. */
function isIdle(): boolean {
  const [load = 0] = loadavg();
  return load < availableParallelism() / 2;
}
