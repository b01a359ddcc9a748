/** `gaitway init`: writes a study file to start with, and prints the next commands. */

import { InvalidInput } from '@gaitway/core';
import { addOutputOptions, createReporter, type OutputOptions } from '@gaitway/node';
import { Command } from 'commander';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { studyTemplate } from '../study-template.js';

const FILE = 'study.yaml';

/** The sub-command. */
export function initCommand(): Command {
  const command = new Command('init')
    .description('write a commented study file')
    .argument('[dir]', 'folder for it', '.')
    .addHelpText('after', '\nExample:\n  $ gaitway init my-study');
  return addOutputOptions(command).action(init);
}

async function init(folder: string, options: OutputOptions): Promise<void> {
  const reporter = createReporter(options);
  const path = join(folder, FILE);
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(path, studyTemplate, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new InvalidInput(path, [{ path: '', message: 'expected no file here yet; it is left as it is' }]);
    }
    throw error;
  }
  reporter.outcome({ study: path }, nextCommands(path));
}

function nextCommands(path: string): string {
  return [
    `Wrote ${path}. Its people and activities are those of MotionSense; make them yours, then:`,
    '',
    '  gaitway inspect DATA                      what a data folder holds',
    `  gaitway simulate ${path} --data DATA      the study with simulated clients`,
    `  gaitway coordinator ${path} --data DATA   the service that real clients join`,
  ].join('\n');
}
