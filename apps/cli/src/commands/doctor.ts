/**
 * `gaitway doctor`: which backend works here, how fast it is, whether a coordinator could listen, and what to do
 * otherwise.
 */

import { DEFAULT_PORT } from '@gaitway/coordinator';
import {
  addOutputOptions,
  type BackendsDiagnosis,
  createReporter,
  diagnoseBackends,
  gaitwayVersion,
  type OutputOptions,
} from '@gaitway/node';
import type { Command } from 'commander';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { once } from 'node:events';
import { createServer } from 'node:net';

interface Diagnosis extends BackendsDiagnosis {
  readonly gaitway: string;
  readonly node: string;
  readonly machine: { readonly processor: string; readonly cores: number; readonly memoryGiB: number };
  /** The default port of a coordinator. */
  readonly port: { readonly number: number; readonly free: boolean };
}

/** Gives the sub-command its arguments, options and action. */
export function doctorCommand(command: Command): Command {
  command.addHelpText('after', '\nExample:\n  $ gaitway doctor');
  return addOutputOptions(command).action(doctor);
}

async function doctor(options: OutputOptions): Promise<void> {
  const reporter = createReporter(options);
  reporter.status('measuring backends …');
  const diagnosis: Diagnosis = {
    gaitway: gaitwayVersion,
    node: process.version,
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memoryGiB: Math.round(totalmem() / 2 ** 30),
    },
    port: { number: DEFAULT_PORT, free: await portIsFree(DEFAULT_PORT) },
    ...(await diagnoseBackends()),
  };
  reporter.outcome(diagnosis, diagnosisText(diagnosis));
}

const threeDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

function diagnosisText({ gaitway, node, machine, port, chosen, backends, advice }: Diagnosis): string {
  const lines = backends.map(({ name, detail, windowsPerSecond }) => {
    const mark = name === chosen ? '->' : '  ';
    const speed =
      windowsPerSecond === undefined ? '' : `, ${threeDigits.format(windowsPerSecond)} windows/s of training`;
    return `${mark} ${name.padEnd(6)} ${detail}${speed}`;
  });
  return [
    `gaitway ${gaitway}, Node ${node}`,
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB`,
    `Port ${port.number} is ${port.free ? 'free' : 'in use: give the coordinator another with --port'}`,
    '',
    'Backends (-> runs when none is asked for):',
    ...lines,
    ...(advice.length > 0 ? ['', ...advice] : []),
  ].join('\n');
}

/** Checks by listening for a moment on 127.0.0.1. */
export async function portIsFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
