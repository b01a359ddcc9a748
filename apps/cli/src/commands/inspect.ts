/** `gaitway inspect`: summarises a data folder, and lists what looks wrong with it. */

import {
  addOutputOptions,
  createReporter,
  inspectDataFolder,
  layoutOption,
  type OutputOptions,
  parseCount,
  renderInspection,
} from '@gaitway/node';
import { Command } from 'commander';

interface InspectOptions extends OutputOptions {
  readonly layout?: string;
  readonly rate: number;
  readonly window: number;
  readonly step: number;
}

/** The sub-command. */
export function inspectCommand(): Command {
  const command = new Command('inspect')
    .description('tell what a data folder holds: people, hours, rates, gaps, units, labels, suspect recordings')
    .argument('<dir>', 'folder with recordings')
    .addOption(layoutOption())
    .option('--rate <hz>', 'rate that a study would resample to', parseCount(1), 50)
    .option('--window <steps>', 'time steps of a window', parseCount(1), 400)
    .option('--step <steps>', 'time steps between two windows', parseCount(1), 200)
    .addHelpText('after', '\nExample:\n  $ gaitway inspect MotionSense');
  return addOutputOptions(command).action(inspect);
}

async function inspect(folder: string, options: InspectOptions): Promise<void> {
  const reporter = createReporter(options);
  reporter.status('reading recordings …');
  const inspection = await inspectDataFolder(folder, {
    plan: { rateHz: options.rate, window: options.window, step: options.step },
    ...(options.layout !== undefined && { layout: options.layout }),
  });
  reporter.outcome(inspection, renderInspection(inspection));
}
