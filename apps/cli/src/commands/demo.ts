/** `gaitway demo`: a coordinator and four clients, each in a separate process, on synthetic people. */

import { coordinateStudy } from '@gaitway/coordinator';
import {
  addOutputOptions,
  addRunOptions,
  createReporter,
  defaultRunFolder,
  interruptionSignal,
  layoutOption,
  refuseOccupied,
  type OutputOptions,
  renderRunSummary,
  type Reporter,
  type Run,
  type RunOptions,
} from '@gaitway/node';
import type { Command } from 'commander';
import { join } from 'node:path';
import { startClientProcesses, type ClientProcesses } from '../demo/client-processes.js';
import { findRealData, writeSyntheticData, type DemoData } from '../demo/demo-data.js';
import { demoStudy } from '../demo/demo-study.js';
import { demoBaseline, renderVerdict } from '../demo/demo-verdict.js';

interface DemoOptions extends OutputOptions, RunOptions {
  readonly data?: string;
  readonly layout?: string;
}

/** Gives the sub-command its arguments, options and action. */
export function demoCommand(command: Command): Command {
  command
    .option('--data <dir>', 'real recordings instead of synthetic people')
    .addOption(layoutOption())
    .addHelpText('after', '\nExample:\n  $ gaitway demo');
  return addOutputOptions(addRunOptions(command)).action(demo);
}

async function demo(options: DemoOptions): Promise<void> {
  const reporter = createReporter(options);
  const { seed = 1, run: folder = defaultRunFolder('demo', new Date()) } = options;
  await refuseOccupied(folder);
  const data =
    options.data === undefined
      ? await writeSyntheticData(join(folder, 'recordings'), seed)
      : await findRealData(options.data, options.layout);
  introduce(data, reporter);
  const run = await conduct({ ...options, seed, run: folder }, data, reporter);
  const baseline = await demoBaseline(run.study, {
    folder: data.coordinatorFolder,
    ...(options.data !== undefined && options.layout !== undefined && { layout: options.layout }),
  });
  reporter.outcome(
    { run: run.folder.path, ...run.result, baselines: [baseline] },
    `\n${renderRunSummary(run)}\n\n${renderVerdict(run, baseline)}`,
  );
}

function introduce({ people }: DemoData, reporter: Reporter): void {
  const members = [...people.clients.values()].flat().length;
  reporter.line(
    `The coordinator has the labels of ${people.labelled.length} people, and of ${people.test.length} others to test on.`,
  );
  reporter.line(
    `${people.clients.size} clients hold the motion of ${members} people without labels. It stays with them.`,
  );
}

/** Serves the study, starts the clients once it is open, and waits for both. */
async function conduct(
  options: DemoOptions & { readonly seed: number; readonly run: string },
  data: DemoData,
  reporter: Reporter,
): Promise<Run> {
  const { seed, run, backend, layout } = options;
  const study = demoStudy({ seed, activities: data.activities, people: data.people });
  const failure = new AbortController();
  let clients: ClientProcesses | undefined;
  try {
    const finished = await coordinateStudy(study, {
      data: data.coordinatorFolder,
      run,
      ...(backend && { backend }),
      ...(options.data !== undefined && layout !== undefined && { layout }),
      host: '127.0.0.1',
      port: 0,
      reporter,
      signal: AbortSignal.any([interruptionSignal(), failure.signal]),
      onOpen: (url) => {
        clients = startClientProcesses(clientArguments(url, options, data));
        clients.ended.catch((error: unknown) => {
          failure.abort(error);
        });
      },
    });
    await clients?.ended;
    return finished;
  } finally {
    await clients?.[Symbol.asyncDispose]();
  }
}

function clientArguments(
  url: string,
  { backend, layout, data: folder }: DemoOptions,
  data: DemoData,
): ReadonlyMap<string, readonly string[]> {
  const choices = [
    ...(backend ? ['--backend', backend] : []),
    ...(folder !== undefined && layout !== undefined ? ['--layout', layout] : []),
  ];
  return new Map(
    [...data.people.clients].map(([name, people]) => {
      const own = ['--data', data.clientFolders.get(name) ?? '', '--people', people.join(',')];
      return [name, [url, '--name', name, ...own, ...choices]];
    }),
  );
}
