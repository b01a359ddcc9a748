/** `gaitway init`: writes a study file to start with, for a data folder if there is one, and prints the next commands. */

import { InvalidInput } from '@gaitway/core';
import {
  addOutputOptions,
  type Ask,
  createReporter,
  INSPECTION_PLAN,
  layoutOption,
  type OutputOptions,
  proposeManifest,
  type Reporter,
  writeFileAtomically,
} from '@gaitway/node';
import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { studyOfData } from '../study-of-data.js';
import { studyTemplate } from '../study-template.js';

const [STUDY, MANIFEST] = ['study.yaml', 'gaitway.yaml'];

interface InitOptions extends OutputOptions {
  readonly data?: string;
  readonly layout?: string;
}

/** Gives the sub-command its arguments, options and action. */
export function initCommand(command: Command): Command {
  command
    .argument('[dir]', 'folder for the study file', '.')
    .option('--data <dir>', 'folder with recordings, which is looked at')
    .addOption(layoutOption())
    .addHelpText('after', '\nExample:\n  $ gaitway init my-study --data recordings');
  return addOutputOptions(command).action(init);
}

async function init(folder: string, options: InitOptions): Promise<void> {
  const reporter = createReporter(options);
  const path = join(folder, STUDY);
  refuseThere(path);
  if (options.data !== undefined) {
    await initWithData(folder, { ...options, data: options.data }, reporter);
    return;
  }
  await mkdir(folder, { recursive: true });
  await writeFileAtomically(path, studyTemplate);
  const head = `Wrote ${path}. Its people and activities are those of MotionSense; make them yours, then:`;
  reporter.outcome({ study: path }, [head, '', ...nextCommands(path, 'DATA')].join('\n'));
}

function refuseThere(path: string): void {
  if (existsSync(path)) {
    throw new InvalidInput(path, [{ path: '', message: 'expected no file here yet; it is left as it is' }]);
  }
}

async function initWithData(
  folder: string,
  { data, layout, json }: InitOptions & { readonly data: string },
  reporter: Reporter,
): Promise<void> {
  reporter.status('looking at recordings …');
  const isAsking = process.stdin.isTTY && process.stdout.isTTY && !json;
  const proposed = await proposeManifest(data, {
    ...(layout !== undefined && { layout }),
    plan: INSPECTION_PLAN,
    ask: isAsking ? askOnTerminal : () => Promise.resolve(undefined),
  });
  const [manifest, path] = [join(data, MANIFEST), join(folder, STUDY)];
  const study = studyOfData(proposed.inspection);
  const texts = [
    { key: 'manifest', path: manifest, text: proposed.text },
    { key: 'study', path, text: study },
  ].flatMap(({ key, path: place, text }) => (text === undefined ? [] : [{ key, path: place, text }]));
  texts.forEach(({ path: place }) => {
    refuseThere(place);
  });
  await mkdir(folder, { recursive: true });
  for (const { path: place, text } of texts) {
    await writeFileAtomically(place, text);
  }
  const next = nextCommands(path, data).slice(0, study === undefined ? 1 : undefined);
  reporter.outcome(
    { ...Object.fromEntries(texts.map(({ key, path: place }) => [key, place])), reasons: proposed.reasons },
    [
      ...outcomeLines(
        proposed,
        texts.map(({ path: place }) => place),
      ),
      '',
      ...next,
    ].join('\n'),
  );
}

function outcomeLines({ reasons, inspection }: Proposed, wrote: readonly string[]): readonly string[] {
  const { people, activities, suspects, unreadable } = inspection;
  const found = `${people.length} people, ${activities.length} activities, ${suspects.length} suspects, ${unreadable.length} files that cannot be read`;
  const isWhole = wrote.some((path) => path.endsWith(STUDY));
  return [
    ...reasons,
    '',
    found,
    wrote.length > 0 ? `Wrote ${wrote.join(' and ')}. Look at what was inferred, then:` : 'Wrote nothing.',
    ...(isWhole ? [] : ['A study needs three people with labels, of two activities: none was written.']),
  ];
}

type Proposed = Awaited<ReturnType<typeof proposeManifest>>;

const askOnTerminal: Ask = async ({ text }) => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(`${text} `);
  } finally {
    terminal.close();
  }
};

function nextCommands(path: string, data: string): readonly string[] {
  return [
    `  gaitway inspect ${data}                      what a data folder holds`,
    `  gaitway simulate ${path} --data ${data}      the study with simulated clients`,
    `  gaitway coordinator ${path} --data ${data}   the service that real clients join`,
  ];
}
