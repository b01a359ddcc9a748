/** `gaitway client`: takes part in a study with the recordings of a folder, which never leave this machine. */

import { stagePlans, StudyStopped, windowCount, type LocalData } from '@gaitway/core';
import {
  addDataOptions,
  addOutputOptions,
  backendOption,
  type BackendName,
  createReporter,
  type DataOptions,
  interruptionSignal,
  loadClient,
  openParticipantPool,
  type OutputOptions,
  parseCount,
  parseNames,
  readSession,
  type Reporter,
  writeIdentity,
} from '@gaitway/node';
import { Command } from 'commander';
import { basename, resolve } from 'node:path';
import { clientEventText } from './client-event-text.js';
import type { ClientEvent } from './client-event.js';
import { joinStudy, type JoinStudyOptions } from './join-study.js';
import type { PreparedParticipant, StudyOffer } from './prepared-participant.js';

interface ClientOptions extends DataOptions, OutputOptions {
  readonly people?: readonly string[];
  readonly name?: string;
  readonly backend?: BackendName;
  readonly state?: string;
  readonly giveUp?: number;
}

/** The sub-command. */
export function clientCommand(): Command {
  const command = new Command('client')
    .description("take part in a coordinator's study with the recordings of a folder, which never leave this machine")
    .argument('<url>', 'address of the coordinator, such as http://127.0.0.1:7070')
    .option('--people <names>', 'only these people of the folder, with commas between them', parseNames)
    .option('--name <name>', 'name of this client (default: the one person, else the folder)')
    .option('--state <file>', 'keep here by what the coordinator knows this client again after a restart')
    .option('--give-up <seconds>', 'end after so many seconds without a coordinator (default: never)', parseCount(1))
    .addOption(backendOption())
    .addHelpText('after', '\nExample:\n  $ gaitway client http://127.0.0.1:7070 --data recordings --name ward-3');
  return addOutputOptions(addDataOptions(command)).action(takePart);
}

async function takePart(url: string, options: ClientOptions): Promise<void> {
  const reporter = createReporter(options);
  const client = options.name ?? defaultName(options);
  const ending = await joinStudy({
    url,
    client,
    ...(await identityOptions(url, client, options.state)),
    ...(options.giveUp !== undefined && { giveUpAfterSeconds: options.giveUp }),
    prepare: (offer) => prepare(client, offer, options, reporter),
    signal: interruptionSignal(),
    onEvent: (event) => {
      tell(event, reporter);
    },
  });
  if (ending === 'dismissed') {
    throw new StudyStopped('the coordinator ended it before its last round');
  }
  reporter.outcome({ client, ending }, 'The study is finished.');
}

async function identityOptions(
  coordinator: string,
  client: string,
  file: string | undefined,
): Promise<Pick<JoinStudyOptions, 'session' | 'keepSession'>> {
  if (file === undefined) {
    return {};
  }
  const session = await readSession(file, client, coordinator);
  return {
    ...(session !== undefined && { session }),
    keepSession: (given) => writeIdentity(file, { client, coordinator, session: given }),
  };
}

/** Without these, a quiet client that waits for a coordinator would look like one at work. */
const troubles: ReadonlySet<ClientEvent['kind']> = new Set([
  'unreachable',
  'disconnected',
  'asked-to-return',
  'failed',
]);

function tell(event: ClientEvent, reporter: Reporter): void {
  const text = clientEventText(event);
  if (text === undefined) {
    return;
  }
  if (event.kind === 'transfer') {
    reporter.status(text);
  } else if (troubles.has(event.kind)) {
    reporter.warn(text);
  } else {
    reporter.line(text);
  }
}

/** Reads the recordings as the study wants them, and gives them to a worker, so that heartbeats go on meanwhile. */
async function prepare(
  client: string,
  { study, normalisation }: StudyOffer,
  options: ClientOptions,
  reporter: Reporter,
): Promise<PreparedParticipant> {
  const { data: folder, layout, people, backend } = options;
  reporter.status('reading recordings …');
  const source = { folder, ...(layout !== undefined && { layout }), ...(people && { people }) };
  const data = await loadClient(study, source, normalisation ?? undefined);
  const pool = await openParticipantPool({
    workers: 1,
    ...(backend && { backend }),
    seed: study.seed,
    stages: stagePlans(study),
    data: new Map([[client, data]]),
  });
  const windows = countWindows(data);
  reporter.line(`${client}: ${windows} windows, backend ${pool.backend}`);
  return {
    participant: pool.participant(client),
    windows,
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

function countWindows({ labelled, unlabelled }: LocalData): number {
  return [labelled, unlabelled].reduce((sum, windows) => sum + (windows ? windowCount(windows) : 0), 0);
}

function defaultName({ people, data }: ClientOptions): string {
  const [person, ...others] = people ?? [];
  return person !== undefined && others.length === 0 ? person : basename(resolve(data));
}
