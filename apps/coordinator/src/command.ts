/** The command `gaitway coordinator`: serves studies and runs them with the clients that join. */

import { InvalidInput } from '@gaitway/core';
import {
  addDataOptions,
  addOutputOptions,
  addRunOptions,
  createReporter,
  type DataOptions,
  interruptionSignal,
  type OutputOptions,
  parseCount,
  parseNames,
  parseSeconds,
  readStudyFile,
  readStudyModels,
  renderRunSummary,
  type RunOptions,
} from '@gaitway/node';
import { type Command, InvalidArgumentError } from 'commander';
import { coordinateStudies, endDocument, endText, worstError } from './study/coordinate-studies.js';
import { coordinateStudy } from './study/coordinate-study.js';
import type { TlsFiles } from './host/certificate.js';
import { refuseExposed } from './host/exposed-address.js';
import type { HostAddress } from './host/http-port.js';
import type { PlannedStudy } from './host/servable-studies.js';
import { defaultLimits, type ServiceLimits } from './limits/service-limits.js';

/** The port on which a coordinator listens unless told otherwise. */
export const DEFAULT_PORT = 7070;

interface CoordinatorOptions extends DataOptions, OutputOptions, RunOptions {
  readonly host: string;
  readonly port: number;
  readonly publicUrl?: URL;
  readonly trustedProxy?: readonly string[];
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly insecure?: boolean;
  readonly keys?: string;
  readonly enrolled?: boolean;
  readonly budget?: string;
  readonly maxConnections: number;
  readonly maxPerAddress: number;
  readonly waitForReturn: number;
  readonly heartbeat: number;
}

/** Gives the sub-command its arguments, options and action. */
export function coordinatorCommand(command: Command): Command {
  command
    .argument('<studies...>', 'study files, YAML or JSON; several are served side by side, each at /<its name>')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on; 0 takes any free one', parseCount(0), DEFAULT_PORT)
    .option(
      '--public-url <url>',
      'address by which clients know the coordinator, where a proxy or a name leads to it',
      parseUrl,
    )
    .option(
      '--trusted-proxy <addresses>',
      'addresses of proxies, with commas between them, that say in X-Forwarded-For whose request they forward',
      parseNames,
    )
    .option('--tls-cert <file>', 'certificate with which the port speaks TLS, as PEM; read again when it is renewed')
    .option('--tls-key <file>', 'private key of the certificate, as PEM')
    .option('--insecure', 'allow an address that other machines reach, without TLS or without enrolment')
    .option('--keys <dir>', "folder of this coordinator's keys and those of its clients (default: in the run's)")
    .option('--budget <dir>', "folder of a privacy ledger that all runs on these people share (default: the run's own)")
    .option('--enrolled', 'let only clients take part that are enrolled: see gaitway enrol')
    .option('--max-connections <number>', 'open connections in total', parseCount(1), defaultLimits.connections)
    .option(
      '--max-per-address <number>',
      'open connections per address whose clients have not joined',
      parseCount(1),
      defaultLimits.connectionsPerAddress,
    )
    .option(
      '--wait-for-return <seconds>',
      'time for a client that loses its connection in the middle of a task to come back',
      parseSeconds(0),
      defaultLimits.returnSeconds,
    )
    .option(
      '--heartbeat <seconds>',
      'heartbeat interval; a client that answers none is gone after nearly twice as long',
      parseSeconds(1),
      defaultLimits.heartbeatSeconds,
    )
    .addHelpText('after', '\nExample:\n  $ gaitway coordinator study.yaml --data MotionSense');
  return addOutputOptions(addRunOptions(addDataOptions(command))).action(launch);
}

async function launch(files: readonly string[], given: CoordinatorOptions): Promise<void> {
  const tls = tlsOf(given);
  const options = { ...given, ...(tls && { tls }) };
  refuseExposed({
    ...options,
    trustedProxies: given.trustedProxy ?? [],
    enrolmentRequired: given.enrolled ?? false,
    insecure: given.insecure ?? false,
  });
  const [file, ...others] = files;
  await (file !== undefined && others.length === 0 ? launchOne(file, options) : launchSeveral(files, options));
}

async function launchOne(studyFile: string, options: CoordinatorOptions & Pick<HostAddress, 'tls'>): Promise<void> {
  const reporter = createReporter(options);
  const study = await readStudyFile(studyFile, options.seed);
  const run = await coordinateStudy(study, {
    ...options,
    enrolmentRequired: options.enrolled ?? false,
    limits: limitsOf(options),
    models: (resolved) => readStudyModels(resolved, studyFile),
    reporter,
    signal: interruptionSignal(),
  });
  reporter.outcome({ run: run.folder.path, ...run.result }, `\n${renderRunSummary(run)}`);
}

async function launchSeveral(
  files: readonly string[],
  options: CoordinatorOptions & Pick<HostAddress, 'tls'>,
): Promise<void> {
  const reporter = createReporter(options);
  const planned: PlannedStudy[] = [];
  for (const file of files) {
    const study = await readStudyFile(file, options.seed);
    planned.push({ file, study, models: (resolved) => readStudyModels(resolved, file) });
  }
  const limits = limitsOf(options);
  const ends = await coordinateStudies(planned, {
    ...options,
    enrolmentRequired: options.enrolled ?? false,
    limits,
    reporter,
    signal: interruptionSignal(),
  });
  reporter.outcome({ studies: ends.map(endDocument) }, ends.map(endText).join('\n'));
  const worst = worstError(ends);
  if (worst !== undefined) {
    throw worst;
  }
}

function limitsOf(options: CoordinatorOptions): ServiceLimits {
  const { maxConnections, maxPerAddress, trustedProxy = [], waitForReturn, heartbeat } = options;
  return {
    ...defaultLimits,
    connections: maxConnections,
    trustedProxies: trustedProxy,
    connectionsPerAddress: maxPerAddress,
    heartbeatSeconds: heartbeat,
    returnSeconds: waitForReturn,
  };
}

/** The files of the certificate; undefined where the port is to speak no TLS. */
function tlsOf({ tlsCert: cert, tlsKey: key }: CoordinatorOptions): TlsFiles | undefined {
  if (cert !== undefined && key !== undefined) {
    return { cert, key };
  }
  if (cert !== undefined || key !== undefined) {
    const message = `expected --tls-cert and --tls-key, found ${cert === undefined ? '--tls-key' : '--tls-cert'} alone`;
    throw new InvalidInput('coordinator', [{ path: '', message }]);
  }
  return undefined;
}

/** A parser of addresses. */
function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new InvalidArgumentError('Expected an address such as https://studies.example.org/gaitway.');
  }
  return url;
}
