import { layoutDigests, encode, type FromClient } from '@gaitway/protocol';
import { parseStudy, studyDigest } from '@gaitway/core';
import { parseEnrolmentCode } from '@gaitway/node';
import { expect, it } from 'vitest';
import { byLabel, type CoordinatorProcess } from '../load/coordinator-process.js';
import { codeFor } from '../load/secured.js';
import { conductedStudy, conductHonest, ROUNDS } from './conduct-honest.js';
import { WELCOMED } from './introduction.js';
import { frameHead, messagePacket, opcodes, OPENED, upgradeRequest } from './packets.js';
import { introduced, type Script } from './scenarios.js';
import { openFlood } from './flood.js';

const GIBIBYTE = 2 ** 30;
const PART = 32_768;
const completed = 'gaitway_rounds_total{stage="student",outcome="completed"}';

function packets(...messages: readonly FromClient[]): Uint8Array {
  return Buffer.concat(messages.map((message) => messagePacket(encode(message))));
}

function part(offset: number): FromClient {
  return { kind: 'part', offset, content: new Uint8Array(PART) };
}

/** Up to a WebSocket that says the length of its first message and nothing of it. */
function endlessMessage(url: string): Script {
  return [
    { after: '', bytes: Buffer.from(upgradeRequest(url)) },
    { after: OPENED, bytes: frameHead(opcodes.binary, GIBIBYTE) },
  ];
}

/** Where a coordinator is, and its keys. */
type Place = Pick<CoordinatorProcess, 'url' | 'folder'>;

/** So many hostile clients have joined. Each has a name of its own, since each has a key of its own. */
let joins = 0;

/** Up to the join of a client that is never asked, and what it says then. */
async function joining({ url, folder }: Place, ...messages: readonly FromClient[]): Promise<Script> {
  const study = parseStudy(conductedStudy);
  const said = packets(
    { kind: 'availability', available: false },
    { kind: 'join', studyDigest: await studyDigest(study), layoutDigests: await layoutDigests(study) },
    ...messages,
  );
  const name = `mal-${++joins}`;
  const { secret } = parseEnrolmentCode(await codeFor(folder, name));
  return [...introduced(url, name, secret), { after: WELCOMED, bytes: said }];
}

/** Each with the refusals that the coordinator has counted by its end. */
const floods = [
  {
    // as one message
    beginning: ({ url }: Place) => Promise.resolve(endlessMessage(url)),
    piece: new Uint8Array(PART),
    refusals: { 'too-large': 1 },
  },
  {
    // as one answer in parts
    beginning: (place: Place) => joining(place, { kind: 'offer', id: 1, name: 'endless', bytes: GIBIBYTE }),
    piece: packets(part(0)),
    refusals: { 'too-large': 2 },
  },
  {
    // as answers in parts, which nobody asked for, each withdrawn before its last
    beginning: (place: Place) => joining(place),
    piece: packets({ kind: 'offer', id: 1, name: 'endless', bytes: 2 * PART }, part(0), {
      kind: 'withdrawal',
      id: 1,
    }),
    refusals: { 'too-large': 2, forged: 1 },
  },
  {
    // as messages that nobody waits for
    beginning: (place: Place) => joining(place),
    piece: packets(...Array<FromClient>(16).fill({ kind: 'failure', id: 9, reason: 'long '.repeat(400) })),
    refusals: { 'too-large': 2, forged: 1, flood: 1 },
  },
] as const;

/** In MiB. */
const MEMORY_BOUND = 200;

it('a gibibyte of one client, in whatever form, costs a coordinator no memory and the others no round', async () => {
  await conductHonest(async ({ url, folder, figures, peakMemory }, schedule) => {
    const before = await peakMemory();
    const roundsPerFlood = Math.floor(ROUNDS / (floods.length + 1));
    for (const [index, { beginning, piece, refusals }] of floods.entries()) {
      using flood = await openFlood(url, await beginning({ url, folder }));
      const sending = flood.send(piece, Math.ceil(GIBIBYTE / piece.length));
      const rounds = (index + 1) * roundsPerFlood;
      schedule.reach(rounds / ROUNDS);
      while (((await figures()).get(completed) ?? 0) < rounds) {
        // Asked again at once: they answer within moments.
      }
      expect(await sending).toBeLessThan(GIBIBYTE / 10); // what the system held when the coordinator hung up
      expect(byLabel(await figures(), 'gaitway_refusals_total')).toEqual(refusals);
    }
    expect((await peakMemory()) - before).toBeLessThan(MEMORY_BOUND);
    schedule.reach(1);
  });
});
