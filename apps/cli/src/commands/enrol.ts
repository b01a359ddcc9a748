/** `gaitway enrol`: makes an enrolment code for a client. */

import { InvalidInput } from '@gaitway/core';
import { addOutputOptions, createReporter, enrol, type OutputOptions, parseCount } from '@gaitway/node';
import { Command } from 'commander';
import { encodeQR } from 'qr';

interface EnrolOptions extends OutputOptions {
  readonly keys: string;
  readonly url: string;
  readonly days: number;
}

const DEFAULT_DAYS = 7;
const DAY_MS = 86_400_000;

/** The sub-command. */
export function enrolCommand(): Command {
  const command = new Command('enrol')
    .description('make a code with which a client, once, gives its key to the coordinator and learns whom to trust')
    .argument('<name>', 'name of the client in the studies of this coordinator')
    .requiredOption('--keys <dir>', "folder of the coordinator's keys: that of its --keys, or keys in a run's folder")
    .option('--url <url>', 'address under which the client reaches the coordinator', 'http://127.0.0.1:7070')
    .option('--days <number>', 'how long the code is good', parseCount(1), DEFAULT_DAYS)
    .addHelpText('after', '\nExample:\n  $ gaitway enrol ward-3 --keys keys --url http://127.0.0.1:7070');
  return addOutputOptions(command).action(makeCode);
}

async function makeCode(written: string, options: EnrolOptions): Promise<void> {
  const name = written.normalize('NFC'); // as clients write theirs
  const url = requireAddress(options.url);
  const expires = new Date(Date.now() + options.days * DAY_MS);
  const { code, coordinator } = await enrol(options.keys, name, expires);
  const link = `${url}#${code}`;
  const reporter = createReporter(options);
  reporter.line(encodeQR(link, 'ascii').trimEnd());
  const until = expires.toISOString().slice(0, 16).replace('T', ' ');
  reporter.outcome(
    { client: name, code, link, expires: expires.toISOString(), coordinator },
    [
      `Code of "${name}", good once, until ${until} UTC. Whoever has it first takes part under this name:`,
      `  ${code}`,
      `As a link, which is also in the QR code:`,
      `  ${link}`,
      'At the client:',
      `  gaitway client ${url} --data DIR --state DIR --code ${code}`,
      `The coordinator's key: ${coordinator}`,
    ].join('\n'),
  );
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
