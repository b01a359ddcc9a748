/** `gaitway audit`: what attacks on a finished simulation find, and a lower bound of epsilon beside the accountant's. */

import {
  addDataOptions,
  addOutputOptions,
  auditRun,
  backendOption,
  createReporter,
  dataCheck,
  type DataOptions,
  interruptionSignal,
  isRefuted,
  type OutputOptions,
  parseCount,
  renderAudit,
  type RunOptions,
} from '@gaitway/node';
import type { Command } from 'commander';
import { dataSource } from '../train-options.js';

interface AuditCommandOptions extends DataOptions, OutputOptions, Pick<RunOptions, 'backend'> {
  readonly trials: number;
  readonly workers?: number;
}

/** Gives the sub-command its arguments, options and action. */
export function auditCommand(command: Command): Command {
  command
    .argument('<run>', 'folder of the run')
    .option(
      '--trials <number>',
      'how many times the stages on clients are trained again, each with 1,000 canaries; 0: only attack the models',
      parseCount(0),
      1,
    )
    .option('--workers <number>', 'threads that train clients side by side (default: one a core)', parseCount(1))
    .addOption(backendOption())
    .addHelpText('after', '\nExample:\n  $ gaitway audit runs/my-run --data MotionSense');
  return addOutputOptions(addDataOptions(command)).action(audit);
}

/** A refuted promise is a failure: whoever runs this in a script must not miss it. */
async function audit(folder: string, options: AuditCommandOptions): Promise<void> {
  const { trials, workers, backend } = options;
  const reporter = createReporter(options);
  const signal = interruptionSignal();
  const source = dataSource(options.data, options.layout, dataCheck(options, reporter));
  const run = await auditRun({ folder, source, trials, workers, backend, reporter, signal });
  reporter.outcome({ run: run.folder.path, ...run.audit }, `\n${renderAudit(run)}`);
  if (isRefuted(run.audit)) {
    throw new Error('The audit refutes the privacy figure of this run: see above.');
  }
}
