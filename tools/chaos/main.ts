/** `npm run chaos -- --seed N --minutes M`: studies under kills and broken connections, which must not change a bit. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from '../command-line.js';
import { appendToChaosLog } from './chaos-log.js';
import { chaosRuns, usage } from './chaos-options.js';
import { outcomeText } from './outcome-text.js';
import { runChaos } from './run-chaos.js';

await runTool(usage, async () => {
  const runs = chaosRuns(process.argv.slice(2));
  const folder = join('runs', `chaos-${new Date().toISOString().replaceAll(':', '-')}`);
  mkdirSync(folder, { recursive: true });
  let failures = 0;
  for (const { settings, plan } of runs) {
    const log = join(folder, `seed-${settings.seed}.jsonl`);
    const outcome = await runChaos(settings, plan, (event) => {
      appendToChaosLog(log, event);
    });
    console.log(outcomeText(settings.seed, outcome));
    if (outcome.failure !== undefined) {
      failures++;
      console.log(`  Again: npm run chaos -- --replay ${log}`);
    }
  }
  console.log(`${runs.length - failures} of ${runs.length} came to the same bits; logs in ${folder}`);
  process.exitCode = failures > 0 ? 1 : 0;
});
