/** The command `gaitway client`: takes part in a study with the recordings of a folder, which never leave this machine. */

import { StudyStopped } from '@gaitway/core';
import {
  addOutputOptions,
  backendOption,
  type ClientIdentity,
  clientStateFolder,
  type ClientStateFolder,
  createReporter,
  interruptionSignal,
  layoutOption,
  parseEnrolmentCode,
  parseNames,
  parseSeconds,
  strictOption,
} from '@gaitway/node';
import type { Command } from 'commander';
import { basename, resolve } from 'node:path';
import { systemClock, watchAvailability, type AvailabilityWatch } from './availability/availability.js';
import { conditionNames, conditionsOf, parseConditions } from './availability/conditions.js';
import { parseWindows } from './availability/daily-windows.js';
import type { ClientOptions, PartOptions } from './client-options.js';
import { readAuthorities } from './connection/network-options.js';
import { explain } from './explain.js';
import { invitationOf, refuseUnusableCode } from './invitation.js';
import { joinStudy } from './join-study.js';
import { openLedger } from './ledger/ledger.js';
import { readPolicy } from './policy/site-policy.js';
import { prepareClient } from './prepare-client.js';
import { reportEvent } from './report-event.js';

/** Gives the sub-command its arguments, options and action. */
export function clientCommand(command: Command): Command {
  command
    .argument('<url>', 'address of the coordinator, such as http://127.0.0.1:7070; with /<study> where it has several')
    .option('--explain', 'show what the study would ask and what would leave, and do not take part')
    .option('--data <dir>', 'folder with recordings; required, but for --explain')
    .addOption(layoutOption())
    .addOption(strictOption())
    .option('--people <names>', 'only these people of the folder, with commas between them', parseNames)
    .option('--name <name>', 'name of this client (default: the one person, else the folder)')
    .option('--ca <file>', 'trust the coordinator by the certificates of authorities in this file, and by no others')
    .option('--state <dir>', 'folder for what this client needs to continue after a restart')
    .option('--code <code>', 'enrolment code from the operator of the coordinator; needs --state', parseEnrolmentCode)
    .option('--policy <file>', 'what a study may ask of this client (default: policy.yaml in the data folder, if any)')
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
  return addOutputOptions(command).action(async (url: string, options: ClientOptions) => {
    const { data } = options;
    if (options.explain) {
      await explain(url, options);
    } else if (data === undefined) {
      command.error("error: required option '--data <dir>' not specified");
    } else {
      await takePart(url, { ...options, data });
    }
  });
}

async function takePart(url: string, options: PartOptions): Promise<void> {
  const reporter = createReporter(options);
  const { address, client, state, identity } = await introductionOf(url, options);
  const policy = await readPolicy(options.data, options.policy);
  using availability = await availabilityOf(options);
  using ledger = options.state === undefined ? undefined : openLedger(options.state);
  const ending = await joinStudy({
    url: address,
    ...(options.ca !== undefined && { ca: await readAuthorities(options.ca) }),
    client,
    ...(identity && { identity }),
    ...(availability && { availability }),
    ...(options.giveUp !== undefined && { giveUpAfterSeconds: options.giveUp }),
    policy,
    ...(ledger && { record: ledger.record }),
    prepare: (offer) => prepareClient({ client, state, policy, options, reporter }, offer),
    signal: interruptionSignal(),
    onEvent: (event) => {
      reportEvent(event, reporter);
    },
  });
  if (ending === 'dismissed') {
    throw new StudyStopped('the coordinator ended it before its last round');
  }
  await state?.forget();
  reporter.outcome({ client, ending }, 'The study is finished.');
}

/** Who this client is, and where. */
interface Introduction {
  readonly address: string;
  readonly client: string;
  readonly state?: ClientStateFolder;
  readonly identity?: ClientIdentity;
}

async function introductionOf(link: string, options: PartOptions): Promise<Introduction> {
  const { address, code } = invitationOf(link, options);
  const client = (options.name ?? code?.client ?? defaultName(options)).normalize('NFC'); // some systems name folders otherwise
  refuseUnusableCode(code, client, options);
  if (options.state === undefined) {
    return { address, client };
  }
  const state = clientStateFolder(options.state);
  return { address, client, state, identity: await state.identity(client, code) };
}

/** Watches the client's availability; undefined where it takes tasks at any time. */
async function availabilityOf({
  available: windows = [],
  when = [],
}: ClientOptions): Promise<AvailabilityWatch | undefined> {
  const conditions = conditionsOf(when, process.platform);
  return windows.length + conditions.length > 0 ? watchAvailability({ windows, conditions }, systemClock) : undefined;
}

function defaultName({ people, data }: PartOptions): string {
  const [person, ...others] = people ?? [];
  return person !== undefined && others.length === 0 ? person : basename(resolve(data));
}
