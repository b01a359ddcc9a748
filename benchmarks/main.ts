/** `npm run bench -- NAME [--json]`: figures on standard output, progress and ratios on standard error with --json. */

import { parseArgs } from 'node:util';
import { benchmarks } from './benchmarks.js';
import { describeMachine } from './machine.js';
import { ratiosOf, tableOf } from './print.js';

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
const [name = ''] = positionals;
const benchmark = benchmarks.get(name);
if (benchmark && positionals.length === 1) {
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
} else {
  const list = [...benchmarks].map(([known, { description }]) => `  ${known.padEnd(12)}${description}`);
  console.error(`Usage: npm run bench -- NAME [--json], with one of\n${list.join('\n')}`);
  console.error('PEER_PYTHON=PYTHON[:PYTHON...] lets peers run in the same session.');
  process.exitCode = 2;
}
