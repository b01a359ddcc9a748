/** `gaitway enrol`: makes an enrolment code for a client, or an access token for somebody who reads the pages. */

import { InvalidInput } from '@gaitway/core';
import {
  addOutputOptions,
  createReporter,
  enrol,
  issueToken,
  type OutputOptions,
  type PageRole,
  parseCount,
} from '@gaitway/node';
import { type Command, Option } from 'commander';
import { encodeQR } from 'qr';

interface EnrolOptions extends OutputOptions {
  readonly keys: string;
  readonly url: string;
  readonly role: 'client' | PageRole;
  readonly days?: number;
}

const CODE_DAYS = 7;
const TOKEN_DAYS = 90;
const DAY_MS = 86_400_000;

/** Gives the sub-command its arguments, options and action. */
export function enrolCommand(command: Command): Command {
  command
    .argument('<name>', 'name of the client in the studies of this coordinator, or of the owner of the token')
    .addOption(
      new Option('--role <role>', 'client: gets a code; viewer: a token to read pages; operator: to pause studies too')
        .choices(['client', 'viewer', 'operator'])
        .default('client'),
    )
    .requiredOption('--keys <dir>', "folder of the coordinator's keys: that of its --keys, or keys in a run's folder")
    .option('--url <url>', 'address under which the client reaches the coordinator', 'http://127.0.0.1:7070')
    .option(
      '--days <number>',
      `how long the code or the token is good (default: ${CODE_DAYS} or ${TOKEN_DAYS})`,
      parseCount(1),
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ gaitway enrol ward-3 --keys keys --url http://127.0.0.1:7070\n  $ gaitway enrol prometheus --role viewer --keys keys',
    );
  return addOutputOptions(command).action((name: string, options: EnrolOptions) =>
    options.role === 'client' ? makeCode(name, options) : makeToken(name, options.role, options),
  );
}

async function makeCode(written: string, options: EnrolOptions): Promise<void> {
  const name = written.normalize('NFC'); // as clients write theirs
  const url = requireAddress(options.url);
  const expires = inDays(options.days ?? CODE_DAYS);
  const { code, coordinator } = await enrol(options.keys, name, expires);
  const link = `${url}#${code}`;
  const reporter = createReporter(options);
  reporter.line(encodeQR(link, 'ascii').trimEnd());
  reporter.outcome(
    { client: name, code, link, expires: expires.toISOString(), coordinator },
    [
      `Code of "${name}", good once, until ${textOf(expires)}. Whoever has it first takes part under this name:`,
      `  ${code}`,
      `As a link, which is also in the QR code:`,
      `  ${link}`,
      'At the client:',
      `  gaitway client ${url} --data DIR --state DIR --code ${code}`,
      `The coordinator's key: ${coordinator}`,
    ].join('\n'),
  );
}

async function makeToken(written: string, role: PageRole, options: EnrolOptions): Promise<void> {
  const name = written.normalize('NFC');
  const url = requireAddress(options.url);
  const expires = inDays(options.days ?? TOKEN_DAYS);
  const token = await issueToken(options.keys, { name, role }, expires);
  createReporter(options).outcome(
    { name, role, token, expires: expires.toISOString() },
    [
      `Access token of "${name}", ${role}, until ${textOf(expires)}. It is shown this once:`,
      `  ${token}`,
      'Programs send it in a header, browsers log in with it:',
      `  Authorization: Bearer ${token}`,
      `  ${url}/login`,
    ].join('\n'),
  );
}

function inDays(days: number): Date {
  return new Date(Date.now() + days * DAY_MS);
}

function textOf(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The address of a coordinator without a slash at its end, ready for a fragment. */
function requireAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hash !== '') {
    throw new InvalidInput('enrol', [
      { path: '--url', message: `expected an address such as http://127.0.0.1:7070, found "${text}"` },
    ]);
  }
  return url.href.replace(/\/$/, '');
}
