/** `gaitway export`: writes a trained model in the format of another program. */

import {
  addOutputOptions,
  createReporter,
  type ExportFormat,
  exportFormats,
  exportModel,
  type OutputOptions,
  renderExport,
} from '@gaitway/node';
import { type Command, Option } from 'commander';

interface ExportCommandOptions extends OutputOptions {
  readonly to: ExportFormat;
  readonly out?: string;
}

/** Gives the sub-command its arguments, options and action. */
export function exportCommand(command: Command): Command {
  command
    .argument('<model>', "a model's file, or the folder of a run, whose final model is taken")
    .addOption(
      new Option('--to <format>', 'onnx: a file for onnxruntime; tfjs: a folder for TensorFlow.js')
        .choices(exportFormats)
        .makeOptionMandatory(),
    )
    .option('--out <path>', 'file or folder to write, which must not be there yet (default: beside the model)')
    .addHelpText('after', '\nExample:\n  $ gaitway export runs/my-run --to onnx --out activities.onnx');
  return addOutputOptions(command).action(exportGiven);
}

async function exportGiven(model: string, options: ExportCommandOptions): Promise<void> {
  const exported = await exportModel({ model, format: options.to, out: options.out });
  createReporter(options).outcome(exported, renderExport(exported));
}
