/**
 * `gaitway experiment`: compares methods on several splits, label budgets and seeds, with each run in its own process.
 */

import {
  addDataOptions,
  addOutputOptions,
  conductExperiment,
  createReporter,
  type DataOptions,
  interruptionSignal,
  type OutputOptions,
  parseCount,
  readExperiment,
} from '@gaitway/node';
import type { Command } from 'commander';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/gaitway.js', import.meta.url));

interface ExperimentOptions extends DataOptions, OutputOptions {
  readonly run?: string;
  readonly workers?: number;
}

/** Gives the sub-command its arguments, options and action. */
export function experimentCommand(command: Command): Command {
  command
    .argument('<file>', 'experiment file, YAML or JSON')
    .option('--run <dir>', 'folder for the experiment (default: runs/experiment-<name>)')
    .option('--workers <number>', 'cells at a time (default: 1 with native, else one a core)', parseCount(1))
    .addHelpText('after', '\nExample:\n  $ gaitway experiment examples/experiments/low-label.yaml --data MotionSense');
  return addOutputOptions(addDataOptions(command)).action(experiment);
}

async function experiment(file: string, options: ExperimentOptions): Promise<void> {
  const reporter = createReporter(options);
  const signal = interruptionSignal();
  const read = await readExperiment(file);
  const folder = options.run ?? join('runs', `experiment-${read.name}`);
  const { document, summary, cells, failed } = await conductExperiment({
    experiment: read,
    data: options.data,
    ...(options.layout !== undefined && { layout: options.layout }),
    folder,
    ...(options.strict !== undefined && { strict: options.strict }),
    ...(options.workers !== undefined && { workers: options.workers }),
    program,
    reporter,
    signal,
  });
  reporter.outcome({ run: folder, ...document }, `\n${summary}`);
  if (failed > 0) {
    throw new Error(`${failed} of ${cells} cells failed; start again to try them once more`);
  }
}
