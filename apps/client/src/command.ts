/** The command `gaitway client`: takes part in a study with the recordings of a folder, which never leave this machine. */

import { StudyStopped, type LocalData } from '@gaitway/core';
import { windowCount } from '@gaitway/core/data';
import { stagePlans } from '@gaitway/core/study';
import {
  addDataOptions,
  addOutputOptions,
  backendOption,
  type BackendName,
  clientStateFolder,
  type ClientStateFolder,
  createReporter,
  type DataOptions,
  interruptionSignal,
  loadClient,
  openParticipantPool,
  type OutputOptions,
  parseNames,
  parseSeconds,
  type Reporter,
} from '@gaitway/node';
import { Command } from 'commander';
import { randomUUID } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { systemClock, watchAvailability, type AvailabilityWatch } from './availability/availability.js';
import { type ClientEvent, clientEventText } from './client-event.js';
import { conditionNames, conditionsOf, parseConditions, type ConditionName } from './availability/conditions.js';
import { parseWindows, type DailyWindow } from './availability/daily-windows.js';
import { readAuthorities } from './connection/network-options.js';
import { joinStudy, type JoinStudyOptions } from './join-study.js';
import type { PreparedParticipant, StudyOffer } from './tasks/prepared-participant.js';

interface ClientOptions extends DataOptions, OutputOptions {
  readonly people?: readonly string[];
  readonly name?: string;
  readonly backend?: BackendName;
  readonly state?: string;
  readonly ca?: string;
  readonly giveUp?: number;
  readonly available?: readonly DailyWindow[];
  readonly when?: readonly ConditionName[];
}

/** The sub-command. */
export function clientCommand(): Command {
  const command = new Command('client')
    .description("take part in a coordinator's study with the recordings of a folder, which never leave this machine")
    .argument('<url>', 'address of the coordinator, such as http://127.0.0.1:7070; with /<study> where it has several')
    .option('--people <names>', 'only these people of the folder, with commas between them', parseNames)
    .option('--name <name>', 'name of this client (default: the one person, else the folder)')
    .option('--ca <file>', 'trust the coordinator by the certificates of authorities in this file, and by no others')
    .option('--state <dir>', 'folder for what this client needs to continue after a restart')
    .option(
      '--give-up <seconds>',
      'end after this many seconds without a coordinator (default: never)',
      parseSeconds(1),
    )
    .option('--available <times>', 'take tasks only at these times of the day, such as 22:00-06:00', parseWindows)
    .option(
      '--when <conditions>',
      `take tasks only when this machine is: ${conditionNames.join(', ')}`,
      parseConditions,
    )
    .addOption(backendOption())
    .addHelpText('after', '\nExample:\n  $ gaitway client http://127.0.0.1:7070 --data recordings --name ward-3');
  return addOutputOptions(addDataOptions(command)).action(takePart);
}

async function takePart(url: string, options: ClientOptions): Promise<void> {
  const reporter = createReporter(options);
  const client = options.name ?? defaultName(options);
  const state = options.state === undefined ? undefined : clientStateFolder(options.state);
  using availability = await availabilityOf(options);
  const ending = await joinStudy({
    url,
    ...(options.ca !== undefined && { ca: await readAuthorities(options.ca) }),
    client,
    ...(await identityOptions(url, client, state)),
    ...(availability && { availability }),
    ...(options.giveUp !== undefined && { giveUpAfterSeconds: options.giveUp }),
    prepare: (offer) => prepare({ client, state, options, reporter }, offer),
    signal: interruptionSignal(),
    onEvent: (event) => {
      report(event, reporter);
    },
  });
  if (ending === 'dismissed') {
    throw new StudyStopped('the coordinator ended it before its last round');
  }
  await state?.forget();
  reporter.outcome({ client, ending }, 'The study is finished.');
}

/** Watches the client's availability; undefined where it takes tasks at any time. */
async function availabilityOf({
  available: windows = [],
  when = [],
}: ClientOptions): Promise<AvailabilityWatch | undefined> {
  const conditions = conditionsOf(when, process.platform);
  return windows.length + conditions.length > 0 ? watchAvailability({ windows, conditions }, systemClock) : undefined;
}

async function identityOptions(
  coordinator: string,
  client: string,
  state: ClientStateFolder | undefined,
): Promise<Pick<JoinStudyOptions, 'session' | 'keepSession'>> {
  if (state === undefined) {
    return {};
  }
  const keepSession = (given: string): Promise<void> => state.writeIdentity({ client, coordinator, session: given });
  const kept = await state.readSession(client, coordinator);
  if (kept !== undefined) {
    return { session: kept, keepSession };
  }
  // Chosen and stored before the first hello, so that a client that is killed right after its welcome is known again.
  const session = randomUUID();
  await keepSession(session);
  return { session, keepSession };
}

/** Shown even with `--quiet`: otherwise a client that waits for a coordinator would look like one at work. */
const warnings: ReadonlySet<ClientEvent['kind']> = new Set([
  'unreachable',
  'disconnected',
  'asked-to-return',
  'memory-lost',
  'failed',
]);

function report(event: ClientEvent, reporter: Reporter): void {
  const text = clientEventText(event);
  if (text === undefined) {
    return;
  }
  if (event.kind === 'transfer') {
    reporter.status(text);
  } else if (warnings.has(event.kind)) {
    reporter.warn(text);
  } else {
    reporter.line(text);
  }
}

/** What a client prepares itself with. */
interface LocalSetup {
  readonly client: string;
  readonly state: ClientStateFolder | undefined;
  readonly options: ClientOptions;
  readonly reporter: Reporter;
}

/** Reads the recordings as the study wants them, and gives them to a worker thread, so that heartbeats are not delayed. */
async function prepare(
  { client, state, options, reporter }: LocalSetup,
  { study, studyDigest, normalisation }: StudyOffer,
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
    ...(state && { memory: state.memoryOf(studyDigest) }),
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
