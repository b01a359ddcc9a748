/** `gaitway inspect`: summarises a data folder, and lists what looks wrong with it. */

import { InvalidInput } from '@gaitway/core';
import {
  addOutputOptions,
  createReporter,
  INSPECTION_PLAN,
  inspectDataFolder,
  layoutOption,
  type OutputOptions,
  parseCount,
  progressText,
  renderInspection,
  strictOption,
} from '@gaitway/node';
import type { Command } from 'commander';

interface InspectOptions extends OutputOptions {
  readonly layout?: string;
  readonly rate: number;
  readonly window: number;
  readonly step: number;
  readonly strict?: boolean;
}

/** Gives the sub-command its arguments, options and action. */
export function inspectCommand(command: Command): Command {
  command
    .argument('<dir>', 'folder with recordings')
    .addOption(layoutOption())
    .addOption(strictOption())
    .option('--rate <hz>', 'rate that a study would resample to', parseCount(1), INSPECTION_PLAN.rateHz)
    .option('--window <steps>', 'time steps of a window', parseCount(1), INSPECTION_PLAN.window)
    .option('--step <steps>', 'time steps between two windows', parseCount(1), INSPECTION_PLAN.step)
    .addHelpText('after', '\nExample:\n  $ gaitway inspect MotionSense');
  return addOutputOptions(command).action(inspect);
}

async function inspect(folder: string, options: InspectOptions): Promise<void> {
  const reporter = createReporter(options);
  reporter.status('reading recordings …');
  const plan = { rateHz: options.rate, window: options.window, step: options.step };
  const inspection = await inspectDataFolder(folder, {
    plan,
    progress: progressText((text) => {
      reporter.status(text);
    }),
    ...(options.layout !== undefined && { layout: options.layout }),
  });
  reporter.outcome(inspection, renderInspection(inspection));
  const { recordings, files, suspects, unreadable } = inspection;
  if (recordings === 0) {
    throw new Error(`none of ${files} files could be read`);
  }
  if (options.strict && suspects.length + unreadable.length > 0) {
    const message = `expected nothing suspect (--strict), found ${suspects.length} suspects and ${unreadable.length} files that could not be read`;
    throw new InvalidInput(folder, [{ path: '', message }]);
  }
}
