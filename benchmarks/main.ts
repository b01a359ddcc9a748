/** `npm run bench -- NAME [--json]`: figures on standard output, progress and ratios on standard error with --json. */

import { availableParallelism, cpus, totalmem } from 'node:os';
import { InvalidInput } from '@gaitway/core';
import { readCommandLine, runTool } from '../tools/command-line.js';
import type { Benchmark } from './benchmark.js';
import { aggregate } from './cases/aggregate.js';
import { augment } from './cases/augment.js';
import { clients } from './cases/clients.js';
import { memory } from './cases/memory.js';
import { maskedRounds } from './cases/masked-rounds.js';
import { rounds } from './cases/rounds.js';
import { secureAggregation } from './cases/secure-aggregation.js';
import { simulate } from './cases/simulate.js';
import { trainStep } from './cases/train-step.js';
import { ratiosOf, tableOf } from './print.js';

const benchmarks: ReadonlyMap<string, Benchmark> = new Map([
  ['train-step', trainStep],
  ['augment', augment],
  ['aggregate', aggregate],
  ['memory', memory],
  ['rounds', rounds],
  ['secure-aggregation', secureAggregation],
  ['masked-rounds', maskedRounds],
  ['simulate', simulate],
  ['clients', clients],
]);

const names = [...benchmarks].map(([name, { description }]) => `  ${name.padEnd(20)}${description}`);
const usage = `Usage: npm run bench -- NAME [--json], with one of
${names.join('\n')}
PEER_PYTHON=PYTHON[:PYTHON...] lets peers run in the same session.`;

await runTool(usage, async () => {
  const options = { json: { type: 'boolean' } } as const;
  const { values, positionals } = readCommandLine('bench', { options, allowPositionals: true });
  const [name = ''] = positionals;
  const benchmark = benchmarks.get(name);
  if (!benchmark || positionals.length > 1) {
    const message = `expected one benchmark's name, found ${positionals.join(' ') || 'none'}`;
    throw new InvalidInput('bench', [{ path: '', message }]);
  }
  const { results, comparisons } = await benchmark.run();
  const machine = describeMachine();
  const ratios = ratiosOf(results, comparisons);
  if (values.json) {
    console.error(ratios);
    console.log(JSON.stringify({ name, machine, results }, undefined, 2));
  } else {
    const { processor, cores, system, node } = machine;
    console.log(`${name} on ${processor}, ${cores} cores, ${system}, Node ${node}\n\n${tableOf(results)}\n\n${ratios}`);
  }
});

interface MachineDescription {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
}

/** The machine on which figures were measured, without anything that identifies it. */
function describeMachine(): MachineDescription {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
  };
}
