/** `gaitway evaluate`: all figures of a model on labelled recordings. */

import {
  addOutputOptions,
  createReporter,
  dataCheck,
  evaluateRecordings,
  interruptionSignal,
  parseNames,
  renderEvaluation,
} from '@gaitway/node';
import type { Command } from 'commander';
import { dataSource } from '../../train-options.js';
import { addModelOptions, type ModelOptions } from './model-options.js';

interface EvaluateCommandOptions extends ModelOptions {
  readonly people?: readonly string[];
  readonly out?: string;
}

/** Gives the sub-command its arguments, options and action. */
export function evaluateCommand(command: Command): Command {
  command
    .argument('<model>', "a model's file, or the folder of a run, whose final model is taken")
    .option(
      '--people <names>',
      "whose recordings, with commas between them (default: a run's test people; with a model's file, everybody)",
      parseNames,
    )
    .option('--out <file>', 'page to write with the figures, which must not be there yet')
    .addHelpText('after', '\nExample:\n  $ gaitway evaluate runs/my-run --data MotionSense --out evaluation.html');
  return addOutputOptions(addModelOptions(command)).action(evaluate);
}

async function evaluate(model: string, options: EvaluateCommandOptions): Promise<void> {
  const { people, out, smooth, backend } = options;
  const reporter = createReporter(options);
  const signal = interruptionSignal();
  const source = dataSource(options.data, options.layout, dataCheck(options, reporter));
  const given = { model, source, stay: smooth, backend, reporter, signal };
  const evaluated = await evaluateRecordings({ ...given, people, out });
  reporter.outcome(evaluated, renderEvaluation(evaluated));
}
