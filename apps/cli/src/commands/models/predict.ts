/** `gaitway predict`: tells the activity of each window of new recordings, and how long each person did what. */

import {
  addOutputOptions,
  createReporter,
  dataCheck,
  interruptionSignal,
  predictRecordings,
  renderPredictions,
} from '@gaitway/node';
import type { Command } from 'commander';
import { dataSource } from '../../train-options.js';
import { addModelOptions, type ModelOptions } from './model-options.js';

interface PredictCommandOptions extends ModelOptions {
  readonly out: string;
}

/** Gives the sub-command its arguments, options and action. */
export function predictCommand(command: Command): Command {
  command
    .argument('<model>', "a model's file, or the folder of a run, whose final model is taken")
    .option('--out <file>', 'table to write, which must not be there yet', 'predictions.csv')
    .addHelpText('after', '\nExample:\n  $ gaitway predict runs/my-run --data recordings --out predictions.csv');
  return addOutputOptions(addModelOptions(command)).action(predict);
}

async function predict(model: string, options: PredictCommandOptions): Promise<void> {
  const { out, smooth, backend } = options;
  const reporter = createReporter(options);
  const signal = interruptionSignal();
  const source = dataSource(options.data, options.layout, dataCheck(options, reporter));
  const predictions = await predictRecordings({ model, source, out, stay: smooth, backend, reporter, signal });
  reporter.outcome(predictions, renderPredictions(predictions));
}
