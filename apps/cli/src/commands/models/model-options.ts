/** Options of the commands that apply a trained model. */

import { USUAL_STAY } from '@gaitway/core/train';
import { addDataOptions, backendOption, type DataOptions, type OutputOptions, type RunOptions } from '@gaitway/node';
import { type Command, InvalidArgumentError, Option } from 'commander';

export interface ModelOptions extends DataOptions, OutputOptions, Pick<RunOptions, 'backend'> {
  /** Probability that the next window shows the same activity; nothing is smoothed if absent. */
  readonly smooth?: number;
}

/** `--data`, `--layout`, `--strict`, `--smooth` and `--backend`. */
export function addModelOptions(command: Command): Command {
  return addDataOptions(command).addOption(smoothOption()).addOption(backendOption());
}

function smoothOption(): Option {
  const meaning =
    'also smooth the windows of each recording: the next one shows the same activity with this probability';
  return new Option('--smooth [probability]', `${meaning} (${USUAL_STAY} where it is not given)`)
    .preset(String(USUAL_STAY))
    .argParser(parseProbability);
}

function parseProbability(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1) || text.trim() === '') {
    throw new InvalidArgumentError('Expected a number between 0 and 1.');
  }
  return value;
}
