/**
 * `npm run fuzz -- --seed 1 --frames 1000000`: spoiled frames, most of them into the decoders of this process and one of
 * twenty over connections to a coordinator process in which honest clients train. Exit code 1 when anything but refusals
 * comes of them. Needs `npm run build`.
 */

import { parseArgs } from 'node:util';
import { fuzzCodec } from './fuzz-codec.js';
import { fuzzService } from './fuzz-service.js';

const SERVICE_SHARE = 0.05;
const PROGRESS_EVERY = 10_000;

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, frames: { type: 'string', default: '1000000' } },
});
const seed = Number(values.seed);
const visits = Math.ceil(Number(values.frames) * SERVICE_SHARE);

const service = await fuzzService({ seed, frames: visits, onProgress: tell('visits to a coordinator') });
console.log(service);
const codec = fuzzCodec(seed, Number(values.frames) - visits, tell('frames decoded'));
console.log({ ...codec, framesPerSecond: Math.round(codec.frames / codec.seconds) });
const [undisturbed, attacked] = service.parametersSha256;
if (undisturbed !== attacked || service.ends['not connected'] > 0 || service.ends.unanswered > 0) {
  console.error('The attack changed the result, or a visit was not attended to.');
  process.exitCode = 1;
}

function tell(what: string): (count: number) => void {
  return (count) => {
    if (count % PROGRESS_EVERY === 0 && count > 0) {
      console.error(`${count} ${what}`);
    }
  };
}
