import { parseStudy, type ReplyTo, type TrainTask } from '@gaitway/core';
import { encode, type FromClient } from '@gaitway/protocol';
import { minimalStudy, tiny } from '@gaitway/core/testing/studies';
import { describe, expect, it } from 'vitest';
import { connectBare, joinBare, type BareClient } from '../testing/bare-client.js';
import { manualClock } from '../testing/manual-clock.js';
import { openService, type ServiceUnderTest } from '../testing/open-service.js';

const PART = 32_768;
const never = new AbortController().signal;
const study = parseStudy({ ...minimalStudy, ...tiny, stages: 'supervised' });
const task: TrainTask = { kind: 'train', stage: 'student', round: 1, parameters: Float32Array.of(1) };
const offer = { kind: 'offer', id: 1, name: 'an-answer', bytes: 60_000 } as const;
const part = { kind: 'part', offset: 0, content: new Uint8Array(PART) } as const;

/** A reply whose message is larger than a part, though the study's networks are tiny. */
function largeReply(round: number): ReplyTo<TrainTask> {
  const accepted = Array.from({ length: 15_000 }, (_, index) => 1_000 + index + round);
  const { stage, parameters: delta } = task;
  return { kind: 'train', stage, round, delta, examples: 1, summary: { windows: 1, loss: 1, accepted } };
}

/** Gives the client a task that it need not answer. */
async function giveTask({ fleet }: ServiceUnderTest, client: BareClient, name: string, round = 1): Promise<void> {
  fleet.ask(name, { ...task, round }, never).catch(() => undefined);
  await client.hear('task');
}

async function metric(url: string, sample: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${sample} `));
  return Number(line?.slice(sample.length) ?? 0);
}

/** Sends the first part of a large answer and leaves once it has arrived. */
async function leaveInTheMiddle(service: ServiceUnderTest, client: BareClient): Promise<void> {
  client.sendRaw(encode(offer));
  client.sendRaw(encode(part));
  client.say({ kind: 'failure', id: 99, reason: 'all before it has arrived' });
  await service.event('ignored');
  client.destroy();
  await service.event('left');
}

describe('a large answer', () => {
  it('comes over in parts, leaves no memory reserved, and costs no more than a small one', async () => {
    const service = await openService(study, { messages: { atOnce: 4, perSecond: 0.001 } });
    const ann = await joinBare(service.url, study, 'ann');
    for (const round of [1, 2, 3, 4, 5]) {
      const asking = service.fleet.ask('ann', { ...task, round }, never);
      const { id } = await ann.hear('task');
      ann.say({ kind: 'answer', id, reply: largeReply(round) });
      expect(await asking).toEqual(largeReply(round));
    }
    expect(await metric(service.url, 'gaitway_upload_bytes')).toBe(0);
  });

  it('waits where others have reserved all memory, and comes over when they have left', async () => {
    const service = await openService(study, { uploadBytes: 80_000, returnSeconds: 0 });
    const mal = await joinBare(service.url, study, 'mal');
    await giveTask(service, mal, 'mal');
    mal.sendRaw(encode(offer));
    mal.sendRaw(encode(part));
    const ann = await joinBare(service.url, study, 'ann');
    const asking = service.fleet.ask('ann', task, never);
    ann.say({ kind: 'answer', id: (await ann.hear('task')).id, reply: largeReply(1) });
    expect(await metric(service.url, 'gaitway_upload_bytes')).toBe(60_000);
    mal.destroy();
    expect(await asking).toEqual(largeReply(1));
    expect(await metric(service.url, 'gaitway_upload_bytes')).toBe(0);
  });

  it('that stands still is given up with its connection', async () => {
    const service = await openService(study, { partSeconds: 0.05, returnSeconds: 1 });
    const mal = await joinBare(service.url, study, 'mal');
    await giveTask(service, mal, 'mal');
    mal.sendRaw(encode(offer));
    await mal.gone;
    expect(await service.event('left')).toMatchObject({ reason: 'no part of its message came within 0.05 seconds' });
    expect(await metric(service.url, 'gaitway_clients_left_total{cause="silent"}')).toBe(1);
  });

  it('is kept for a client that is away, and dropped when it is withdrawn', async () => {
    const service = await openService(study, { returnSeconds: 60 });
    const first = await joinBare(service.url, study, 'ann');
    await giveTask(service, first, 'ann');
    await leaveInTheMiddle(service, first);
    expect(await metric(service.url, 'gaitway_upload_bytes')).toBe(60_000);
    const next = await joinBare(service.url, study, 'ann');
    await next.hear('task'); // the same again
    next.sendRaw(encode({ ...offer, id: 1 }));
    next.sendRaw(encode({ kind: 'withdrawal', id: 1 }));
    next.sendRaw(encode({ ...offer, id: 2, name: 'another' }));
    next.sendRaw(encode(part));
    next.sendRaw(encode({ kind: 'withdrawal', id: 2 }));
    next.say({ kind: 'failure', id: 98, reason: 'all before it has arrived' });
    while ((await metric(service.url, 'gaitway_answers_total{outcome="unsolicited"}')) < 2) {
      await fetch(service.url);
    }
    expect(await metric(service.url, 'gaitway_upload_bytes')).toBe(0);
    expect(await metric(service.url, 'gaitway_uploads_resumed_total')).toBe(1);
  });
});

describe('the memory for large answers', () => {
  it('is not held by clients that have no task, however many offer something', async () => {
    const service = await openService(study, { uploadBytes: 80_000 });
    for (let client = 0; client < 20; client++) {
      const mal = await joinBare(service.url, study, `mal-${client}`);
      mal.say({ kind: 'availability', available: false });
      mal.sendRaw(encode(offer));
      mal.say({ kind: 'failure', id: 99, reason: 'all before it has arrived' });
    }
    const ann = await joinBare(service.url, study, 'ann');
    const asking = service.fleet.ask('ann', task, never);
    ann.say({ kind: 'answer', id: (await ann.hear('task')).id, reply: largeReply(1) });
    expect(await asking).toEqual(largeReply(1));
    expect(await metric(service.url, 'gaitway_upload_bytes')).toBe(0);
  });

  it('is there for an offer that came too early once the client gets a task', async () => {
    const service = await openService(study);
    const early = await joinBare(service.url, study, 'early');
    early.sendRaw(encode(offer));
    early.say({ kind: 'failure', id: 99, reason: 'all before it has arrived' });
    await service.event('ignored');
    expect(await metric(service.url, 'gaitway_upload_bytes')).toBe(0);
    await giveTask(service, early, 'early');
    const ann = await joinBare(service.url, study, 'ann');
    await giveTask(service, ann, 'ann');
    ann.sendRaw(encode(offer));
    while ((await metric(service.url, 'gaitway_upload_bytes')) < 120_000) {
      // The coordinator has yet to see both offers.
    }
  });

  it('is taken from a client that drips, which is asked again behind those that wait', async () => {
    const clock = manualClock();
    const limits = { uploadBytes: 80_000, partSeconds: 100, returnSeconds: 20, uploadBytesPerSecond: 4_096 };
    const service = await openService(study, limits, clock);
    const mal = await joinBare(service.url, study, 'mal');
    await giveTask(service, mal, 'mal');
    mal.sendRaw(encode(offer));
    while ((await metric(service.url, 'gaitway_upload_bytes')) === 0) {
      // The coordinator has yet to see the offer.
    }
    const ann = await joinBare(service.url, study, 'ann');
    const asking = service.fleet.ask('ann', task, never);
    ann.say({ kind: 'answer', id: (await ann.hear('task')).id, reply: largeReply(1) });
    clock.advance(45);
    mal.sendRaw(encode(part));
    mal.say({ kind: 'failure', id: 99, reason: 'all before it has arrived' });
    await service.event('ignored');
    clock.advance(82.9); // 32,768 bytes allow for 8 seconds more than 120
    expect(await metric(service.url, 'gaitway_upload_bytes')).toBe(60_000);
    clock.advance(0.1);
    await mal.gone;
    expect(await asking).toEqual(largeReply(1));
  });

  it('is not kept by a client that leaves and comes back instead of sending', async () => {
    const clock = manualClock();
    const limits = { uploadBytes: 80_000, partSeconds: 60, returnSeconds: 60, uploadBytesPerSecond: 4_096 };
    const service = await openService(study, limits, clock);
    const first = await joinBare(service.url, study, 'mal');
    await giveTask(service, first, 'mal');
    await leaveInTheMiddle(service, first);
    clock.advance(50);
    const second = await joinBare(service.url, study, 'mal');
    await second.hear('task');
    second.sendRaw(encode(offer));
    while ((await metric(service.url, 'gaitway_uploads_resumed_total')) < 1) {
      // The coordinator has yet to see the offer.
    }
    clock.advance(50);
    const back = await joinBare(service.url, study, 'mal');
    await back.hear('task');
    back.sendRaw(encode(offer));
    while ((await metric(service.url, 'gaitway_uploads_resumed_total')) < 2) {
      // The coordinator has yet to see the offer again.
    }
    clock.advance(27.9); // 32,768 bytes allow for 128 seconds in all
    expect(await metric(service.url, 'gaitway_upload_bytes')).toBe(60_000);
    clock.advance(0.1);
    await back.gone;
    expect(await metric(service.url, 'gaitway_upload_bytes')).toBe(0);
    expect(await metric(service.url, 'gaitway_clients_left_total{cause="slow"}')).toBe(1);
  });
});

/** A message that travels in two parts. */
function inParts(bytes: Uint8Array): readonly FromClient[] {
  return [
    { kind: 'offer', id: 1, name: 'parts', bytes: bytes.length },
    { kind: 'part', offset: 0, content: bytes.subarray(0, PART) },
    { kind: 'part', offset: PART, content: bytes.subarray(PART) },
  ];
}

describe('a client is refused', () => {
  it.each<readonly [string, readonly FromClient[], string, string]>([
    ['a part behind a gap', [offer, { ...part, offset: PART }], 'forged', 'expected a multiple of 32768 bytes from 0'],
    ['a part that nobody was offered', [part], 'forged', 'expected an offer before it'],
    ['two offers at once', [offer, { ...offer, id: 2 }], 'forged', 'expected the message before it to be whole'],
    ['more than is there', [{ kind: 'held', id: 7, bytes: 0 }], 'forged', 'expected an offer that was made'],
    ['more than the study can need', [{ ...offer, bytes: 10_000_000 }], 'too-large', 'found an offer of 10000000'],
    [
      'an answer that is no message',
      [offer, part, { ...part, offset: PART, content: new Uint8Array(60_000 - PART) }],
      'malformed',
      'bytes follow its end',
    ],
    ['a part inside a message in parts', inParts(encode({ ...part, content: new Uint8Array(40_000) })), 'malformed', 'expected no "part" inside a message in parts'], // prettier-ignore
  ])('that sends %s', async (_, messages, reason, text) => {
    const service = await openService(study);
    const mal = await joinBare(service.url, study, 'mal');
    await giveTask(service, mal, 'mal');
    messages.forEach((message) => {
      mal.sendRaw(encode(message));
    });
    expect((await mal.hear('refusal')).reason).toContain(text);
    await mal.gone;
    expect(await metric(service.url, `gaitway_refusals_total{reason="${reason}"}`)).toBe(1);
  });

  it('that offers something before it has joined', async () => {
    const service = await openService(study);
    const mal = await connectBare(service.url);
    await mal.introduce('mal');
    await mal.hear('welcome');
    mal.sendRaw(encode(offer));
    expect((await mal.hear('refusal')).reason).toBe('expected a client to join before its first offer');
  });
});
