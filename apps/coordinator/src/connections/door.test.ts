import type { RoundReport } from '@gaitway/core';
import { createKeyPair, enrol, issueToken, openCoordinatorKeys, parseEnrolmentCode, revoke } from '@gaitway/node';
import { decodeFromCoordinator, encode, type Challenge, type Proof } from '@gaitway/protocol';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  connectBare,
  hello,
  joinBare,
  keysOf,
  proofOf,
  type BareClient,
  type Introduction,
} from '../testing/bare-client.js';
import { manualClock } from '../testing/manual-clock.js';
import { openService, smallStudy, type ServiceUnderTest } from '../testing/open-service.js';

const DAY = 86_400_000;

/** A service whose keys are in a folder, and what its operator does there. */
interface Door extends ServiceUnderTest {
  readonly keys: string;
  /** Seconds go by at the service. */
  readonly advance: (seconds: number) => void;
  /** The secret of a new code. */
  code(client: string, days?: number): Promise<string>;
  /** Closes the service, and opens another one with the same keys. */
  restart(): Promise<Door>;
}

async function openDoor(enrolmentRequired: boolean, folder?: string): Promise<Door> {
  const path = folder ?? (await mkdtemp(join(tmpdir(), 'gaitway-')));
  if (folder === undefined) {
    onTestFinished(() => rm(path, { recursive: true }));
  }
  const keys = await openCoordinatorKeys(path, { enrolmentRequired });
  const clock = manualClock();
  const service = await openService(smallStudy, {}, clock, keys);
  const close = async (): Promise<void> => {
    await service[Symbol.asyncDispose]();
    await keys[Symbol.asyncDispose]();
  };
  return {
    ...service,
    keys: path,
    advance: (seconds) => {
      clock.advance(seconds);
    },
    code: async (client, days = 7) => {
      const { code } = await enrol(path, client, new Date(Date.now() + days * DAY));
      return parseEnrolmentCode(code).secret;
    },
    restart: async () => {
      await close();
      return openDoor(enrolmentRequired, path);
    },
    [Symbol.asyncDispose]: close,
  };
}

/** Introduces itself; the reason why it is sent away, which both sides and the metrics know. */
async function refusal(door: Door, client: string, introduction: Introduction, label: string): Promise<string> {
  const bare = await connectBare(door.url);
  await bare.introduce(client, introduction);
  return expectSentAway(door, bare, label);
}

async function expectSentAway(door: Door, bare: BareClient, label: string): Promise<string> {
  const { reason } = await bare.hear('refusal');
  await bare.gone;
  expect(door.events.filter(({ kind }) => kind === 'refused').at(-1)).toMatchObject({ reason });
  const token = await issueToken(door.keys, { name: 'prometheus', role: 'viewer' }, new Date(Date.now() + DAY));
  const metrics = await fetch(`${door.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect(await metrics.text()).toContain(`gaitway_refusals_total{reason="${label}"} 1\n`);
  return reason;
}

/** A connection that has been challenged. */
async function challenged(
  door: Door,
): Promise<{ readonly bare: BareClient; readonly challenge: Challenge; readonly first: ReturnType<typeof hello> }> {
  const bare = await connectBare(door.url);
  const first = hello();
  bare.say(first);
  return { bare, first, challenge: await bare.hear('challenge') };
}

describe('a coordinator that lets only enrolled clients in', () => {
  it('lets a client in by its code, and from then on by its key alone', async () => {
    const door = await openDoor(true);
    await joinBare(door.url, smallStudy, 'ann', { code: await door.code('ann') });
    const again = await door.restart();
    await joinBare(again.url, smallStudy, 'ann');
    expect(again.fleet.available()).toEqual(['ann']);
  });

  it('lets nobody in without a code', async () => {
    const door = await openDoor(true);
    expect(await refusal(door, 'mal', {}, 'not-enrolled')).toContain('"mal" is not enrolled: ask the operator');
  });

  it('takes no code that has expired', async () => {
    const door = await openDoor(true);
    const code = await door.code('ann', 0);
    expect(await refusal(door, 'ann', { code }, 'code')).toContain('the enrolment code has expired');
    expect(door.fleet.available()).toEqual([]);
  });

  it('takes no code twice, not even at the same time', async () => {
    const door = await openDoor(true);
    const code = await door.code('ann');
    const [one, two] = await Promise.all([connectBare(door.url), connectBare(door.url)]);
    await Promise.all([one.introduce('ann', { code }), two.introduce('ann', { keys: createKeyPair(), code })]);
    const welcomed = await Promise.all(
      [one, two].map((bare) =>
        bare.hear('welcome').then(
          () => true,
          () => false,
        ),
      ),
    );
    expect(welcomed.sort()).toEqual([false, true]);
    const third = await connectBare(door.url);
    await third.introduce('ann', { keys: createKeyPair(), code });
    expect((await third.hear('refusal')).reason).toContain('expected an enrolment code for this name');
  });

  it('takes no code of another client', async () => {
    const door = await openDoor(true);
    const code = await door.code('ann');
    expect(await refusal(door, 'mal', { code }, 'code')).toContain('expected an enrolment code for this name');
  });

  it('gives the name to a new key with a new code, and takes it from the old one, which is connected', async () => {
    const door = await openDoor(true);
    const old = await joinBare(door.url, smallStudy, 'ann', { code: await door.code('ann') });
    const keys = createKeyPair();
    await joinBare(door.url, smallStudy, 'ann', { keys, code: await door.code('ann') });
    await old.gone;
    expect(await refusal(door, 'ann', {}, 'name')).toContain('belongs to a client with another key');
    expect(door.fleet.available()).toEqual(['ann']);
  });
});

describe('a key that is revoked', () => {
  it('loses its open connection within a second, and the way back', async () => {
    const door = await openDoor(true);
    const ann = await joinBare(door.url, smallStudy, 'ann', { code: await door.code('ann') });
    const ben = await joinBare(door.url, smallStudy, 'ben', { code: await door.code('ben') });
    const lost = door.fleet.ask('ann', task, new AbortController().signal);
    lost.catch(() => undefined);
    await ann.hearTask();
    await revoke(door.keys, 'ann');
    door.advance(1);
    const reason = 'the key of "ann" is revoked: ask the operator';
    expect(await expectSentAway(door, ann, 'revoked')).toBe(reason);
    await expect(lost).rejects.toThrow(reason);
    expect(await door.event('left')).toEqual({ kind: 'left', client: 'ann', reason });
    expect(door.fleet.available()).toEqual(['ben']);
    const back = await connectBare(door.url);
    await back.introduce('ann');
    expect((await back.hear('refusal')).reason).toBe(reason);
    ben.leave();
  });

  it('loses it also before it has joined, and a second look finds a second key', async () => {
    const door = await openDoor(false);
    const clients = await Promise.all(
      ['ann', 'ben'].map(async (name) => {
        const bare = await connectBare(door.url);
        await bare.introduce(name);
        await bare.hear('welcome');
        return [name, bare] as const;
      }),
    );
    for (const [name, bare] of clients) {
      await revoke(door.keys, name);
      door.advance(1);
      expect(await bare.hear('refusal')).toMatchObject({ reason: `the key of "${name}" is revoked: ask the operator` });
    }
  });
});

const task = { kind: 'train', stage: 'student', round: 1, parameters: new Float32Array(8) } as const;

describe('the name of a client that is away', () => {
  it.each([
    ['before and after a restart of a coordinator that is open to everybody', false],
    ['before and after a restart of one that enrols', true],
  ])('is taken by nobody else, %s', async (_, enrolmentRequired) => {
    const door = await openDoor(enrolmentRequired);
    const code = await door.code('ann');
    const ann = await joinBare(door.url, smallStudy, 'ann', enrolmentRequired ? { code } : {});
    ann.leave();
    await door.event('left');
    const keys = createKeyPair();
    expect(await refusal(door, 'ann', { keys }, 'name')).toContain('the name "ann" belongs to');
    const again = await door.restart();
    expect(await refusal(again, 'ann', { keys }, 'name')).toContain('the name "ann" belongs to');
    await joinBare(again.url, smallStudy, 'ann');
    expect(again.fleet.available()).toEqual(['ann']);
  });
});

it('a client that never answers is told to rest, and comes back no sooner', async () => {
  const door = await openDoor(false);
  const ann = await joinBare(door.url, smallStudy, 'ann');
  const mal = await joinBare(door.url, smallStudy, 'mal');
  const reason = 'it answered nothing before the deadline, in several rounds in a row';
  for (let round = 1; round <= 3; round++) {
    door.noteRound({ stage: 'student', phase: 'completed', clients: [
      { client: 'ann', outcome: 'abstained', reason: 'nothing to learn from', windows: 0 },
      { client: 'mal', outcome: 'late', reason: 'no answer within 5 s' },
    ] } as unknown as RoundReport); // prettier-ignore
  }
  expect(await mal.hear('goodbye')).toMatchObject({ reason, finished: false, retryAfterSeconds: 30 });
  await mal.gone;
  const back = await connectBare(door.url);
  await back.introduce('mal');
  expect(await back.hear('goodbye')).toMatchObject({ reason });
  door.advance(600);
  await joinBare(door.url, smallStudy, 'mal');
  expect(door.fleet.available()).toEqual(['ann', 'mal']);
  ann.leave();
});

describe('a proof', () => {
  it('by another key than the one that it names is refused', async () => {
    const door = await openDoor(false);
    const { bare, challenge, first } = await challenged(door);
    const proof = proofOf(first, challenge, { client: 'ann', keys: createKeyPair() });
    bare.say({ ...proof, key: keysOf('ann').publicKey });
    expect(await expectSentAway(door, bare, 'wrong-key')).toContain('expected a signature by the key that was named');
  });

  it('that was heard on one connection is worth nothing on another', async () => {
    const door = await openDoor(false);
    const { bare: ann, challenge, first } = await challenged(door);
    const proof = proofOf(first, challenge, { client: 'ann' });
    ann.say(proof);
    await ann.hear('welcome');
    const { bare: mal } = await challenged(door);
    mal.say(proof);
    expect(await expectSentAway(door, mal, 'wrong-key')).toContain('found another');
    ann.leave();
  });

  it('is worth nothing without the hello that it answers, and once it was given', async () => {
    const door = await openDoor(false);
    const { challenge, first } = await challenged(door);
    const proof = proofOf(first, challenge, { client: 'ann' });
    const bare = await connectBare(door.url);
    bare.say(proof);
    expect((await bare.hear('refusal')).reason).toContain('expected a client to say hello');
    const twice = await connectBare(door.url);
    await twice.introduce('ann');
    await twice.hear('welcome');
    twice.say(proof);
    expect((await twice.hear('refusal')).reason).toContain('and to prove its key once');
  });

  const changes: readonly (readonly [string, (proof: Proof) => Proof])[] = [
    ['name', (proof) => ({ ...proof, client: 'ben' })],
    ['code', (proof) => ({ ...proof, code: 'c' })],
  ];

  it.each(changes)('whose %s was changed on its way is refused', async (_, change) => {
    const door = await openDoor(false);
    const { bare, challenge, first } = await challenged(door);
    bare.say(change(proofOf(first, challenge, { client: 'ann' })));
    expect(await expectSentAway(door, bare, 'wrong-key')).toContain('found another');
  });
});

describe('somebody between a client and the coordinator', () => {
  it('who challenges the client with another key gets a proof that the coordinator does not take', async () => {
    const door = await openDoor(false);
    const { bare: mal, challenge } = await challenged(door);
    const ofMal = createKeyPair();
    const annsHello = hello();
    // Ann, who trusts the first coordinator that she meets, takes this for the challenge of her coordinator.
    const proof = proofOf(annsHello, { ...challenge, key: ofMal.publicKey }, { client: 'ann' });
    mal.say(proof);
    expect(await expectSentAway(door, mal, 'wrong-key')).toContain('found another');
  });
});

describe('a client of another version of Gaitway', () => {
  it('that speaks a newer protocol too goes on in the newest that both speak', async () => {
    const door = await openDoor(false);
    const bare = await connectBare(door.url);
    const first = hello({ protocol: 7, oldest: 6, gaitway: '0.3.0' });
    bare.say(first);
    const challenge = await bare.hear('challenge');
    expect(challenge.protocol).toBe(6);
    bare.say(proofOf(first, challenge, { client: 'ann' }));
    await bare.hear('welcome');
  });

  it.each(['0.0.9', '0.1.7', '0.2.0'])('%s with the same protocol joins', async (gaitway) => {
    const door = await openDoor(false);
    await joinBare(door.url, smallStudy, 'ann', { gaitway });
    expect(door.fleet.available()).toEqual(['ann']);
  });

  const offers = { 'took a newer version out': { protocol: 6 }, 'put an older version in': { oldest: 5 } };

  it.each(Object.entries(offers))('whose offer somebody on the way %s gets in nowhere', async (_, change) => {
    const door = await openDoor(false);
    const bare = await connectBare(door.url);
    const said = hello({ protocol: 7, oldest: 6 });
    bare.say({ ...said, ...change });
    bare.say(proofOf(said, await bare.hear('challenge'), { client: 'ann' }));
    expect(await expectSentAway(door, bare, 'wrong-key')).toContain('found another');
  });
});

describe('a client that leaves the proof out', () => {
  it('because it is of an earlier version gets in nowhere', async () => {
    const door = await openDoor(false);
    const bare = await connectBare(door.url);
    bare.sendRaw(encode({ ...hello({ protocol: 5, oldest: 5 }), client: 'ann' } as never));
    expect(await expectSentAway(door, bare, 'other-version')).toContain('the client is older');
  });

  it('and joins at once is refused', async () => {
    const door = await openDoor(false);
    const { bare } = await challenged(door);
    bare.say({ kind: 'availability', available: true });
    expect(await expectSentAway(door, bare, 'out-of-turn')).toContain('expected a client to');
  });
});

it('every challenge is another one', async () => {
  const door = await openDoor(false);
  const [one, two] = [await challenged(door), await challenged(door)];
  expect(one.challenge.nonce).not.toBe(two.challenge.nonce);
  expect(decodeFromCoordinator(encode(one.challenge))).toEqual(one.challenge);
});
