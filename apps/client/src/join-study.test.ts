import { InvalidInput, parseStudy, studyDigest, StudyStopped } from '@gaitway/core';
import { contractParticipant } from '@gaitway/core/testing/contract-participant';
import { handMade } from '@gaitway/core/testing/hand-made';
import { minimalStudy, tiny } from '@gaitway/core/testing/studies';
import { isSignedBy } from '@gaitway/node';
import {
  encode,
  handshakeOf,
  layoutDigests,
  MessageRefused,
  PROTOCOL_VERSION,
  proofTranscript,
  UNBOUND,
} from '@gaitway/protocol';
import { describe, expect, it } from 'vitest';
import { watchAvailability } from './availability/availability.js';
import { parseWindows } from './availability/daily-windows.js';
import { JoinRefused } from './connection/conversation.js';
import { parsePolicy } from './policy/site-policy.js';
import { StudyRefused } from './policy/study-floors.js';
import type { Prepare } from './tasks/prepared-participant.js';
import {
  challengeFor,
  earlierCoordinator,
  coordinatorKeys,
  fakeCoordinator,
  letIn,
  smallParameters,
  smallStudy,
  welcomeTo,
} from './testing/fake-coordinator.js';
import { manualClock } from './testing/manual-clock.js';
import { joinAs } from './testing/member.js';
import { wholeTask } from './testing/whole-task.js';

const goodbye = { kind: 'goodbye', reason: 'done', finished: true } as const;
const waiting = { kind: 'train', stage: 'wait', round: 1, parameters: smallParameters } as const;

describe('a client', () => {
  it('says who it is, checks the study, makes ready and joins', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await coordinator.nextConnection();
    const hello = await connection.hear('hello');
    expect(hello).toEqual({
      kind: 'hello',
      protocol: PROTOCOL_VERSION,
      oldest: PROTOCOL_VERSION,
      gaitway: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      binds: false,
    });
    const challenge = await challengeFor(hello);
    connection.say(challenge);
    const proof = await connection.hear('proof');
    expect(proof).toMatchObject({ kind: 'proof', client: 'ann' });
    const transcript = proofTranscript(handshakeOf(hello, challenge, UNBOUND), proof);
    expect(isSignedBy(proof.key, transcript, proof.signature)).toBe(true);
    const normalisation = { mean: [1], standardDeviation: [2] };
    connection.say(await welcomeTo(smallStudy, { normalisation }));
    const digest = await studyDigest(smallStudy);
    expect(await connection.hear('join')).toEqual({
      kind: 'join',
      studyDigest: digest,
      layoutDigests: await layoutDigests(smallStudy),
      windows: 12,
    });
    const { fingerprint } = coordinatorKeys;
    expect(member.offers).toEqual([
      { study: smallStudy, studyDigest: digest, coordinator: fingerprint, normalisation },
    ]);
  });

  it.each([
    [4, {}],
    [5, { windows: 5 }],
  ])('with %i windows joins with %j, and with none where its policy keeps the number', async (windows, told) => {
    const floors = { windows: 1, steps: 1, batch: 1, cohort: 1 };
    const prepare: Prepare = () =>
      Promise.resolve({ participant: contractParticipant, windows, [Symbol.asyncDispose]: () => Promise.resolve() });
    for (const [changes, expected] of [
      [{}, told],
      [{ statistics: ['accepted'] }, {}],
    ]) {
      const coordinator = await fakeCoordinator();
      const policy = parsePolicy({ floors, ceilings: { kernel: 1 }, ...changes });
      joinAs(coordinator.url, contractParticipant, { policy, prepare });
      const connection = await coordinator.nextConnection();
      await connection.meet();
      connection.say(await welcomeTo(smallStudy));
      const { kind, studyDigest: read, layoutDigests: layouts, ...rest } = await connection.hear('join');
      expect([kind, read.length, Object.keys(layouts).length > 0, rest]).toEqual(['join', 64, true, expected]);
    }
  });

  it('shows every character of a study that cannot be, so that no terminal acts on it', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await coordinator.nextConnection();
    await connection.meet();
    const forged = 'a\u009b2J\u202e\u2028b';
    const study = { ...minimalStudy, name: forged, [forged]: 1 };
    connection.say({ ...(await welcomeTo(smallStudy)), study });
    const error = await member.ending.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidInput);
    expect((error as Error).message).toContain('found "a\\u009b2J\\u202e\\u2028b"');
    expect((error as Error).message.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  });

  it('answers tasks until the goodbye, and then leaves and cleans up', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await letIn(coordinator, await welcomeTo(smallStudy));
    connection.say({ kind: 'task', id: 5, task: wholeTask({ ...waiting, stage: 'echo' }) });
    expect(await connection.hear('answer')).toMatchObject({
      id: 5,
      reply: { kind: 'train', delta: smallParameters },
    });
    connection.say(goodbye);
    expect(await member.ending).toBe('finished');
    await connection.gone;
    expect(member.disposed()).toBe(1);
    expect(member.events.map(({ kind }) => kind)).toEqual(['welcomed', 'joined', 'task', 'answered']);
  });

  it('learns that the study ended before its last round', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await letIn(coordinator, await welcomeTo(smallStudy));
    connection.say({ ...goodbye, finished: false });
    expect(await member.ending).toBe('dismissed');
  });

  it('stays when a task fails', async () => {
    const coordinator = await fakeCoordinator();
    joinAs(coordinator.url);
    const connection = await letIn(coordinator, await welcomeTo(smallStudy));
    connection.say({ kind: 'task', id: 1, task: wholeTask({ ...waiting, stage: 'fail' }) });
    expect(await connection.hear('failure')).toEqual({ kind: 'failure', id: 1, reason: 'its battery is empty' });
    connection.say({ kind: 'task', id: 2, task: wholeTask({ ...waiting, stage: 'echo' }) });
    expect(await connection.hear('answer')).toMatchObject({ id: 2 });
  });

  it('does a task for a round again after a reconnect, but not with other parameters', async () => {
    const coordinator = await fakeCoordinator();
    joinAs(coordinator.url);
    const connection = await letIn(coordinator, await welcomeTo(smallStudy));
    const echo = { ...waiting, stage: 'echo' };
    connection.say({ kind: 'task', id: 1, task: wholeTask(echo) });
    await connection.hear('answer');
    connection.destroy();
    const next = await letIn(coordinator, await welcomeTo(smallStudy));
    next.say({ kind: 'task', id: 1, task: wholeTask({ ...echo, parameters: new Float32Array(8) }) });
    expect(await next.hear('failure')).toMatchObject({ reason: expect.stringContaining('had before, found others') });
    next.say({ kind: 'task', id: 2, task: wholeTask(echo) });
    expect(await next.hear('answer')).toMatchObject({ id: 2 });
    next.say({ kind: 'task', id: 3, task: wholeTask({ ...echo, round: 4 }) });
    expect(await next.hear('failure')).toMatchObject({ reason: expect.stringContaining('from 1 to 3, found 4') });
  });

  it('says why a task failed in one line without paths', async () => {
    const coordinator = await fakeCoordinator();
    const failing = handMade(() => {
      throw new Error("EROFS: read-only file system, mkdir '/srv/ward 3/state'\n+ ben joined");
    });
    const member = joinAs(coordinator.url, failing);
    const connection = await letIn(coordinator, await welcomeTo(smallStudy));
    connection.say({ kind: 'task', id: 1, task: wholeTask(waiting) });
    const { reason } = await connection.hear('failure');
    expect(reason).toBe('EROFS: read-only file system, mkdir (a path) + ben joined');
    expect(await member.event('failed')).toMatchObject({ reason: expect.stringContaining('/srv/ward 3/state') });
  });

  it('reads no recording for a study that its policy does not allow', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url, contractParticipant, { policy: parsePolicy({}) });
    const connection = await coordinator.nextConnection();
    await connection.meet();
    connection.say(await welcomeTo(smallStudy));
    const { reason } = await connection.hear('decline');
    expect(reason).toMatch(/^its policy does not allow the study: floors\.\w+: expected /);
    expect(reason).not.toContain('\n');
    connection.destroy();
    await expect(member.ending).rejects.toThrow(/^This client does not take part in the study "first-study"/);
    expect(member.offers).toEqual([]);
  });

  it('ends though the coordinator does not let go of a client that declines', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url, contractParticipant, { policy: parsePolicy({}) });
    const connection = await coordinator.nextConnection();
    await connection.meet();
    connection.say(await welcomeTo(smallStudy));
    await connection.hear('decline');
    await expect(member.ending).rejects.toThrow(StudyRefused);
    await connection.gone;
  });

  it('records each message before it leaves', async () => {
    const coordinator = await fakeCoordinator();
    const recorded: string[] = [];
    joinAs(coordinator.url, contractParticipant, {
      record: ({ kind }, bytes) => {
        recorded.push(`${kind} ${bytes.length > 0}`);
      },
    });
    const connection = await letIn(coordinator, await welcomeTo(smallStudy));
    connection.say({ kind: 'task', id: 1, task: wholeTask({ ...waiting, stage: 'echo' }) });
    await connection.hear('answer');
    expect(recorded).toEqual(['hello true', 'proof true', 'join true', 'answer true']);
  });

  it.each(['hello', 'proof', 'join', 'answer'])('sends no %s that cannot be recorded, and ends', async (unrecorded) => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url, contractParticipant, {
      record: ({ kind }) => {
        if (kind === unrecorded) {
          throw new Error('ENOSPC: no space left on device');
        }
      },
    });
    const connection = await coordinator.nextConnection();
    if (unrecorded !== 'hello') {
      connection.say(await challengeFor(await connection.hear('hello')));
    }
    if (unrecorded === 'join' || unrecorded === 'answer') {
      await connection.hear('proof');
      connection.say(await welcomeTo(smallStudy));
    }
    if (unrecorded === 'answer') {
      await connection.hear('join');
      connection.say({ kind: 'joined' });
      connection.say({ kind: 'task', id: 1, task: wholeTask({ ...waiting, stage: 'echo' }) });
    }
    await expect(member.ending).rejects.toThrow('ENOSPC');
    await connection.gone;
    expect(connection.heardMore()).toBe(false);
  });

  it('stops a task that the coordinator cancels', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await letIn(coordinator, await welcomeTo(smallStudy));
    connection.say({ kind: 'task', id: 1, task: wholeTask(waiting) });
    await member.event('task');
    connection.say({ kind: 'cancel', id: 1 });
    expect(await member.event('cancelled')).toEqual({ kind: 'cancelled', stage: 'wait', round: 1 });
  });

  it('ends with the reason when it is refused', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await coordinator.nextConnection();
    connection.say({ kind: 'refusal', reason: 'the name "ann" is taken' });
    await expect(member.ending).rejects.toEqual(new JoinRefused('the name "ann" is taken'));
    await connection.gone;
  });

  it('ends when the coordinator hangs up', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    (await coordinator.nextConnection()).hangUp();
    await expect(member.ending).rejects.toThrow('the coordinator ended the connection');
  });

  it('makes nothing ready for a study that it reads otherwise, and lets the coordinator say so', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await coordinator.nextConnection();
    const digest = '0'.repeat(64);
    await connection.meet({ studyDigest: digest });
    connection.say(await welcomeTo(smallStudy, { studyDigest: digest }));
    expect(await connection.hear('join')).toMatchObject({ studyDigest: await studyDigest(smallStudy) });
    expect(member.offers).toEqual([]);
    connection.say({ kind: 'refusal', reason: 'another study' });
    await expect(member.ending).rejects.toThrow(new JoinRefused('another study'));
  });

  it('takes no study that cannot be', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await coordinator.nextConnection();
    await connection.meet();
    connection.say(await welcomeTo(smallStudy, { study: { name: 'nothing else' } }));
    await expect(member.ending).rejects.toThrow(InvalidInput);
    await expect(member.ending).rejects.toThrow('the study that the coordinator sent: activities');
  });

  it('takes nothing for a message that is none', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    (await coordinator.nextConnection()).sendRaw(Uint8Array.of(1, 2, 3));
    await expect(member.ending).rejects.toThrow(new MessageRefused('2 bytes follow its end'));
  });

  it('takes nothing inside a message in parts that is about parts', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await coordinator.nextConnection();
    const bytes = encode({ kind: 'part', offset: 0, content: new Uint8Array(40_000) });
    connection.say({ kind: 'offer', id: 1, name: 'parts', bytes: bytes.length });
    connection.say({ kind: 'part', offset: 0, content: bytes.subarray(0, 32_768) });
    connection.say({ kind: 'part', offset: 32_768, content: bytes.subarray(32_768) });
    await expect(member.ending).rejects.toThrow(new MessageRefused('expected no "part" inside a message in parts'));
  });

  it('takes no task before it has joined', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await coordinator.nextConnection();
    await connection.meet();
    connection.say({ kind: 'task', id: 1, task: wholeTask(waiting) });
    await expect(member.ending).rejects.toThrow('the coordinator sent "task" before this client could join');
  });

  it('ends with what went wrong when it cannot be made ready', async () => {
    const coordinator = await fakeCoordinator();
    const prepare = (): Promise<never> => Promise.reject(new Error('the data folder is empty'));
    const member = joinAs(coordinator.url, contractParticipant, { prepare });
    const connection = await coordinator.nextConnection();
    await connection.meet();
    connection.say(await welcomeTo(smallStudy));
    await expect(member.ending).rejects.toThrow('the data folder is empty');
  });

  it('ends with the reason of its signal, and leaves', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await letIn(coordinator, await welcomeTo(smallStudy));
    await member.event('joined');
    member.stop.abort(new Error('interrupted'));
    await expect(member.ending).rejects.toThrow('interrupted');
    await connection.gone;
    expect(member.disposed()).toBe(1);
  });

  it('needs an address that can be one', async () => {
    await expect(joinAs('127.0.0.1:7070').ending).rejects.toThrow(InvalidInput);
    await expect(joinAs('ftp://somewhere').ending).rejects.toThrow('expected an address such as http://127.0.0.1:7070');
  });
});

it('a client says what it expected when a coordinator of another version hangs up on it', async () => {
  const coordinator = await earlierCoordinator();
  const member = joinAs(coordinator.url);
  expect(await member.event('disconnected')).toMatchObject({
    reason:
      'expected a Gaitway coordinator that speaks version 6 of the protocol, ' +
      'found one of another version, or another program, that hangs up',
  });
});

describe('a client whose connection breaks', () => {
  it('comes back with its key and joins without being made ready again', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const welcome = await welcomeTo(smallStudy);
    const first = await coordinator.nextConnection();
    const { key } = await first.meet();
    first.say(welcome);
    await first.hear('join');
    first.destroy();
    expect(await member.event('disconnected')).toMatchObject({ reason: 'the connection to the coordinator broke' });
    const connection = await coordinator.nextConnection();
    expect(await connection.meet()).toMatchObject({ client: 'ann', key });
    connection.say(welcome);
    await connection.hear('join');
    expect(member.offers).toHaveLength(1);
    connection.say({ kind: 'joined' });
    connection.say(goodbye);
    expect(await member.ending).toBe('finished');
    expect(member.disposed()).toBe(1);
  });

  it.each([
    ['a message', new Uint8Array(200)],
    ['text for a message', 'hello'],
  ])('comes back when what arrives is damaged: %s', async (_, frame) => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const welcome = await welcomeTo(smallStudy);
    (await letIn(coordinator, welcome)).sendDamaged(frame);
    expect(await member.event('disconnected')).toMatchObject({ reason: expect.stringContaining('is damaged') });
    const connection = await letIn(coordinator, welcome);
    connection.say(goodbye);
    expect(await member.ending).toBe('finished');
  });

  it('comes back when a heartbeat arrives as an opening', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const welcome = await welcomeTo(smallStudy);
    (await letIn(coordinator, welcome)).sendOpening();
    expect(await member.event('disconnected')).toMatchObject({ reason: 'the connection to the coordinator broke' });
    const connection = await letIn(coordinator, welcome);
    connection.say(goodbye);
    expect(await member.ending).toBe('finished');
  });

  it('joins once on the new connection when it became ready only after the old one broke', async () => {
    const coordinator = await fakeCoordinator();
    let ready = (): void => undefined;
    const prepare: Prepare = () =>
      new Promise((resolve) => {
        const dispose = (): Promise<void> => Promise.resolve();
        ready = () => {
          resolve({ participant: contractParticipant, [Symbol.asyncDispose]: dispose });
        };
      });
    const member = joinAs(coordinator.url, contractParticipant, { prepare });
    const welcome = await welcomeTo(smallStudy);
    const connection = await coordinator.nextConnection();
    await connection.meet();
    connection.say(welcome);
    await member.event('welcomed');
    connection.destroy();
    const next = await coordinator.nextConnection();
    await next.meet();
    ready();
    next.say(welcome);
    await next.hear('join');
    next.say({ kind: 'joined' });
    next.say({ kind: 'task', id: 1, task: wholeTask({ ...waiting, stage: 'echo' }) });
    await next.hear('answer');
  });

  it.each([
    [
      'another study',
      {
        normalisation: null,
        study: parseStudy({ ...minimalStudy, ...tiny, name: 'second-study', stages: 'supervised' }),
      },
    ],
    ['another study of the same name', { normalisation: null, study: parseStudy({ ...smallStudy, seed: 2 }) }],
    ['other numbers to normalise by', { study: smallStudy, normalisation: { mean: [1e9], standardDeviation: [1e-9] } }],
  ])('does nothing for %s, and says how to agree to it', async (_, { study, ...changes }) => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    (await letIn(coordinator, await welcomeTo(smallStudy))).destroy();
    const connection = await coordinator.nextConnection();
    const other = await welcomeTo(study, changes);
    await connection.meet({ studyDigest: other.studyDigest });
    connection.say(other);
    expect(await connection.hear('decline')).toMatchObject({ reason: 'it agreed to another study' });
    connection.destroy();
    await expect(member.ending).rejects.toThrow(StudyRefused);
    await expect(member.ending).rejects.toThrow('to agree to it, start the client again');
    expect(member.offers).toHaveLength(1);
    expect(member.disposed()).toBe(1);
  });

  it('goes on with its task, and answers when it is asked again, without training again', async () => {
    const coordinator = await fakeCoordinator();
    let begun = 0;
    let finish = (): void => undefined;
    const participant = handMade(({ stage, round }) => {
      begun++;
      return new Promise((resolve) => {
        finish = () => {
          resolve({ kind: 'abstain', stage, round, reason: 'no windows', windows: 7 });
        };
      });
    });
    const member = joinAs(coordinator.url, participant);
    const connection = await letIn(coordinator, await welcomeTo(smallStudy));
    connection.say({ kind: 'task', id: 9, task: wholeTask(waiting) });
    await member.event('task');
    connection.destroy();
    await member.event('disconnected');
    const next = await letIn(coordinator, await welcomeTo(smallStudy));
    next.say({ kind: 'task', id: 1, task: wholeTask(waiting) });
    finish();
    expect(await next.hear('answer')).toMatchObject({ id: 1, reply: { kind: 'abstain', windows: 7 } });
    next.say({ kind: 'task', id: 2, task: wholeTask(waiting) });
    expect(await next.hear('answer')).toMatchObject({ id: 2, reply: { kind: 'abstain', windows: 7 } });
    expect(begun).toBe(1);
    expect(member.events.filter(({ kind }) => kind === 'answered')).toMatchObject([{ again: true }, { again: true }]);
  });

  it('never says on the next connection what it finished for the last', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await letIn(coordinator, await welcomeTo(smallStudy));
    connection.say({ kind: 'task', id: 1, task: wholeTask(waiting) });
    await member.event('task');
    connection.destroy();
    const next = await letIn(coordinator, await welcomeTo(smallStudy));
    next.say({ kind: 'task', id: 2, task: wholeTask({ ...waiting, stage: 'echo' }) });
    expect(await next.hear('answer')).toMatchObject({ id: 2 });
  });

  it('leaves when it is told to come back later, and comes back with its key', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await coordinator.nextConnection();
    const { key } = await connection.meet();
    connection.say(await welcomeTo(smallStudy));
    await connection.hear('join');
    connection.say({ kind: 'goodbye', reason: 'interrupted', finished: false, retryAfterSeconds: 0 });
    await connection.gone;
    expect(member.events.at(-1)).toEqual({ kind: 'asked-to-return', reason: 'interrupted', afterSeconds: 0 });
    const next = await coordinator.nextConnection();
    expect(await next.meet()).toMatchObject({ key });
    next.say(goodbye);
    expect(await member.ending).toBe('finished');
    expect(member.disposed()).toBe(1);
  });

  it('says before it joins that it takes no tasks, says when it does, and again on each connection', async () => {
    const coordinator = await fakeCoordinator();
    const clock = manualClock(new Date(2026, 0, 10, 21, 0));
    using availability = await watchAvailability({ windows: parseWindows('22:00-06:00'), conditions: [] }, clock);
    const member = joinAs(coordinator.url, contractParticipant, { availability });
    const connection = await coordinator.nextConnection();
    await connection.meet();
    connection.say(await welcomeTo(smallStudy));
    const unavailableReason = { kind: 'availability', available: false, reason: 'outside 22:00-06:00' };
    expect(await connection.hear('availability')).toEqual(unavailableReason);
    await connection.hear('join');
    await clock.set(new Date(2026, 0, 10, 22, 0));
    expect(await connection.hear('availability')).toEqual({ kind: 'availability', available: true });
    await clock.set(new Date(2026, 0, 11, 6, 0));
    expect(await connection.hear('availability')).toEqual(unavailableReason);
    connection.destroy();
    const next = await coordinator.nextConnection();
    await next.meet();
    next.say(await welcomeTo(smallStudy));
    expect(await next.hear('availability')).toEqual(unavailableReason);
    await next.hear('join');
    expect(await member.event('availability')).toEqual({
      kind: 'availability',
      unavailableReason: 'outside 22:00-06:00',
    });
  });

  it('says why it takes no tasks in one line without paths', async () => {
    const coordinator = await fakeCoordinator();
    const availability = {
      current: () => "cannot read '/sys/o'neill/supply'\n+ ben joined\u202e",
      onChange: () => () => undefined,
      [Symbol.dispose]: () => undefined,
    };
    joinAs(coordinator.url, contractParticipant, { availability });
    const connection = await coordinator.nextConnection();
    await connection.meet();
    connection.say(await welcomeTo(smallStudy));
    expect(await connection.hear('availability')).toMatchObject({ reason: 'cannot read (a path) + ben joined' });
  });

  it('gives up when nobody is there for as long as it is told to wait', async () => {
    const coordinator = await fakeCoordinator();
    await coordinator.close();
    const member = joinAs(coordinator.url, contractParticipant, { giveUpAfterSeconds: 0.05 });
    await expect(member.ending).rejects.toThrow(new StudyStopped('no coordinator was there for 0.05 seconds'));
  });

  it('keeps trying, says so, and joins when the coordinator is there', async () => {
    const first = await fakeCoordinator();
    await first.close();
    const member = joinAs(first.url);
    expect(await member.event('unreachable')).toMatchObject({
      attempt: 1,
      reason: expect.stringContaining('ECONNREFUSED'),
    });
    const coordinator = await fakeCoordinator(Number(new URL(first.url).port));
    const connection = await letIn(coordinator, await welcomeTo(smallStudy));
    connection.say(goodbye);
    expect(await member.ending).toBe('finished');
  });

  it('gives up when its signal aborts', async () => {
    const coordinator = await fakeCoordinator();
    await coordinator.close();
    const member = joinAs(coordinator.url);
    await member.event('unreachable');
    member.stop.abort(new Error('interrupted'));
    await expect(member.ending).rejects.toThrow('interrupted');
  });
});
