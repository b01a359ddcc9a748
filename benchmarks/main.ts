/** `npm run bench -- NAME [--json]`: figures on standard output, progress and ratios on standard error with --json. */

import { InvalidInput } from '@gaitway/core';
import { readCommandLine, runTool } from '../tools/command-line.js';
import { benchmarks } from './benchmarks.js';
import { describeMachine } from './machine.js';
import { ratiosOf, tableOf } from './print.js';

const names = [...benchmarks].map(([name, { description }]) => `  ${name.padEnd(12)}${description}`);
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
