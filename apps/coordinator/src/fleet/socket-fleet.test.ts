import { ClientFailure, type ReplyTo, type TrainTask } from '@gaitway/core';
import { contractEvaluation } from '@gaitway/core/testing/contract-participant';
import { Interrupted } from '@gaitway/node';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type BareClient, joinBare } from '../testing/bare-client.js';
import { openService, type ServiceUnderTest, smallStudy } from '../testing/open-service.js';

const never = new AbortController().signal;
const task: TrainTask = { kind: 'train', stage: 'student', round: 1, parameters: Float32Array.of(1, -2) };

async function openWith<Names extends readonly string[]>(
  ...names: Names
): Promise<readonly [ServiceUnderTest, ...{ [Name in keyof Names]: BareClient }]> {
  const service = await openService();
  const clients = await Promise.all(names.map((name) => joinBare(service.url, smallStudy, name)));
  return [service, ...clients] as never;
}

function replyTo({ stage, round, parameters }: Pick<TrainTask, 'stage' | 'round' | 'parameters'>): ReplyTo<TrainTask> {
  return { kind: 'train', stage, round, delta: parameters.slice(), examples: 1, summary: { windows: 1, loss: 1 } };
}

/** Answers the next task with its own parameters, and tells what came. */
async function echo(client: BareClient): Promise<TrainTask> {
  const { id, task: heard } = await client.hearTask();
  client.say({ kind: 'answer', id, reply: replyTo(heard) });
  return heard as TrainTask;
}

describe('a fleet over sockets', () => {
  it('carries a task and its reply', async () => {
    const [{ fleet }, ann] = await openWith('ann');
    const asking = fleet.ask('ann', task, never);
    expect(await echo(ann)).toEqual(task);
    expect(await asking).toEqual(replyTo(task));
  });

  it('fails the task of a client that is killed, and no other', async () => {
    const [{ fleet }, ann, ben] = await openWith('ann', 'ben');
    const [lost, kept] = [fleet.ask('ann', task, never), fleet.ask('ben', task, never)];
    await ann.hear('task');
    ann.destroy();
    await expect(lost).rejects.toThrow(ClientFailure);
    await expect(lost).rejects.toMatchObject({ client: 'ann', message: 'its connection was closed' });
    await echo(ben);
    expect((await kept).kind).toBe('train');
    await expect(fleet.ask('ann', task, never)).rejects.toThrow('it is not connected');
  });

  it('passes on why a client failed', async () => {
    const [{ fleet }, ann] = await openWith('ann');
    const asking = fleet.ask('ann', task, never);
    const { id } = await ann.hear('task');
    ann.say({ kind: 'failure', id, reason: 'training diverged' });
    await expect(asking).rejects.toEqual(new ClientFailure('ann', 'training diverged'));
  });

  it('does not take an evaluation for an update', async () => {
    const [{ fleet }, ann] = await openWith('ann');
    const asking = fleet.ask('ann', task, never);
    const { id } = await ann.hear('task');
    const reply = { kind: 'evaluate', stage: 'student', round: 1, evaluation: contractEvaluation } as const;
    ann.say({ kind: 'answer', id, reply });
    await expect(asking).rejects.toThrow('answered a task to train with "evaluate"');
  });

  it('gives a client that is back in time its task again, and takes its answer', async () => {
    const service = await openService(smallStudy, { returnSeconds: 60 });
    const ann = await joinBare(service.url, smallStudy, 'ann');
    const asking = service.fleet.ask('ann', task, never);
    await ann.hear('task');
    ann.destroy();
    await service.event('left');
    expect(await echo(await joinBare(service.url, smallStudy, 'ann'))).toEqual(task);
    expect(await asking).toEqual(replyTo(task));
    expect(service.events.at(-1)).toEqual({ kind: 'asked-again', client: 'ann', stage: 'student', round: 1 });
  });

  it('gives the task again to a client that is back before its old connection was found dead', async () => {
    const service = await openService(smallStudy, { returnSeconds: 60 });
    const old = await joinBare(service.url, smallStudy, 'ann');
    const asking = service.fleet.ask('ann', task, never);
    await old.hear('task');
    await echo(await joinBare(service.url, smallStudy, 'ann'));
    expect((await asking).kind).toBe('train');
  });

  it('does not wait for a client that breaks the rules', async () => {
    const service = await openService(smallStudy, { returnSeconds: 60 });
    const ann = await joinBare(service.url, smallStudy, 'ann');
    const asking = service.fleet.ask('ann', task, never);
    ann.sendRaw(Uint8Array.of(1, 2, 3));
    await expect(asking).rejects.toThrow('2 bytes follow its end');
  });

  it('gives up a client whose every connection breaks', async () => {
    const service = await openService(smallStudy, { returnSeconds: 60 });
    const failing = expect(
      (async () => {
        const first = await joinBare(service.url, smallStudy, 'ann');
        const asking = service.fleet.ask('ann', task, never);
        asking.catch(() => undefined);
        await first.hear('task');
        for (let connection = 0; connection < 10; connection++) {
          await joinBare(service.url, smallStudy, 'ann');
        }
        await asking;
      })(),
    ).rejects.toThrow('it came back on a new connection');
    await failing;
  });

  it('waits for the return of a client no longer than its signal says', async () => {
    const service = await openService(smallStudy, { returnSeconds: 60 });
    const ann = await joinBare(service.url, smallStudy, 'ann');
    const stop = new AbortController();
    const asking = service.fleet.ask('ann', task, stop.signal);
    await ann.hear('task');
    ann.destroy();
    await service.event('left');
    stop.abort(new Error('deadline'));
    await expect(asking).rejects.toThrow('deadline');
  });

  it('takes an answer once, and counts those that change nothing', async () => {
    const [service, ann] = await openWith('ann');
    const asking = service.fleet.ask('ann', task, never);
    const { id } = await ann.hear('task');
    const forged = { ...replyTo(task), delta: Float32Array.of(9, 9) };
    ann.say({ kind: 'answer', id: id + 7, reply: forged });
    ann.say({ kind: 'answer', id, reply: replyTo(task) });
    ann.say({ kind: 'answer', id, reply: forged });
    ann.say({ kind: 'failure', id, reason: 'never mind' });
    expect(await asking).toEqual(replyTo(task));
    const stop = new AbortController();
    const late = service.fleet.ask('ann', { ...task, round: 2 }, stop.signal);
    const next = await ann.hearTask();
    stop.abort(new Error('deadline'));
    await expect(late).rejects.toThrow('deadline');
    await ann.hear('cancel');
    ann.say({ kind: 'answer', id: next.id, reply: replyTo(next.task) });
    const last = service.fleet.ask('ann', { ...task, round: 3 }, never);
    await echo(ann);
    await last;
    expect(service.events.filter(({ kind }) => kind === 'ignored')).toEqual([
      { kind: 'ignored', client: 'ann', id: id + 7, reason: 'unsolicited' },
      { kind: 'ignored', client: 'ann', id, reason: 'repeated' },
      { kind: 'ignored', client: 'ann', id, reason: 'repeated' },
      { kind: 'ignored', client: 'ann', id: next.id, reason: 'late' },
    ]);
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain('gaitway_answers_total{outcome="accepted"} 2\n');
    expect(metrics).toContain('gaitway_answers_total{outcome="repeated"} 2\n');
    expect(metrics).toContain('gaitway_answers_total{outcome="late"} 1\n');
  });

  it('keeps what a client has begun when the coordinator stops for now only', async () => {
    const [service, ann] = await openWith('ann');
    const stop = new AbortController();
    const asking = service.fleet.ask('ann', task, stop.signal);
    await ann.hear('task');
    stop.abort(new Interrupted('SIGTERM'));
    await expect(asking).rejects.toThrow('interrupted');
    service.announceEnd({ reason: 'interrupted', finished: false, retryAfterSeconds: 5 });
    expect(await ann.hear('goodbye')).toMatchObject({ retryAfterSeconds: 5 }); // and no cancel before it
  });

  it('drops answers that nobody waits for', async () => {
    const [{ fleet }, ann] = await openWith('ann');
    ann.say({ kind: 'answer', id: 99, reply: replyTo(task) });
    ann.say({ kind: 'failure', id: 98, reason: 'never asked' });
    const asking = fleet.ask('ann', task, never);
    await echo(ann);
    expect((await asking).kind).toBe('train');
  });

  it('tells the client when the signal aborts, and drops its late answer', async () => {
    const [{ fleet }, ann] = await openWith('ann');
    const stop = new AbortController();
    const asking = fleet.ask('ann', task, stop.signal);
    const { id } = await ann.hear('task');
    stop.abort(new Error('deadline'));
    await expect(asking).rejects.toThrow('deadline');
    expect(await ann.hear('cancel')).toEqual({ kind: 'cancel', id });
    ann.say({ kind: 'answer', id, reply: replyTo(task) });
    const next = fleet.ask('ann', { ...task, round: 2 }, never);
    await echo(ann);
    expect(await next).toMatchObject({ round: 2 });
  });

  it('sends nothing when the signal had aborted before', async () => {
    const [{ fleet }, ann] = await openWith('ann');
    await expect(fleet.ask('ann', task, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    const next = fleet.ask('ann', { ...task, round: 2 }, never);
    expect(await echo(ann)).toMatchObject({ round: 2 });
    await next;
  });

  it('does not give a client the same task twice at once', async () => {
    const [{ fleet }, ann] = await openWith('ann');
    const first = fleet.ask('ann', task, never);
    await expect(fleet.ask('ann', task, never)).rejects.toThrow('it is at work on the same task');
    await echo(ann);
    expect((await first).kind).toBe('train');
  });

  it('carries the largest parameters of SelfHAR both ways, bit for bit', async () => {
    const [{ fleet }, ann] = await openWith('ann');
    const bits = Uint32Array.from({ length: 390_606 }, (_, index) => Math.imul(index, 2_654_435_761));
    const parameters = new Float32Array(bits.buffer);
    const asking = fleet.ask('ann', { ...task, parameters }, never);
    const { id, task: heard } = await ann.hearTask();
    expect(sameBits(heard.parameters, bits)).toBe(true);
    ann.say({ kind: 'failure', id, reason: 'only the way there: the study is too small for the way back' });
    await expect(asking).rejects.toThrow('only the way there');
  });

  it("ends a connection whose message is larger than the study's networks, with the reason", async () => {
    const [service, ann] = await openWith('ann');
    const asking = service.fleet.ask('ann', task, never);
    const { id } = await ann.hear('task');
    ann.say({ kind: 'answer', id, reply: { ...replyTo(task), delta: new Float32Array(100_000) } as never });
    await expect(asking).rejects.toThrow('expected a message of at most');
    await ann.gone;
    expect(await service.event('left')).toMatchObject({ client: 'ann', reason: expect.stringContaining('at most') });
  });
});

describe('parameters', () => {
  const digestOf = (values: Float32Array): string => createHash('sha256').update(values).digest('hex');
  const taught = (round: number, teacher: number): TrainTask => {
    const parameters = Float32Array.of(teacher);
    return { ...task, round, teacher: { digest: digestOf(parameters), parameters } };
  };
  const large = (change: number): Float32Array => new Float32Array(20_000).fill(change, 7, 9);

  /** Asks, and answers as the client; how the task's parameters and those of its teacher came. */
  async function formsOf(
    { fleet }: ServiceUnderTest,
    client: BareClient,
    asked: TrainTask,
  ): Promise<readonly (string | undefined)[]> {
    const asking = fleet.ask('ann', asked, never);
    const { id, sent, task: heard } = await client.hearTask();
    expect(heard).toEqual(asked);
    client.say({ kind: 'answer', id, reply: replyTo(task) });
    await asking;
    return [sent.parameters.kind, sent.kind === 'train' ? sent.teacher?.kind : undefined];
  }

  it('travel once to each client, and again when it comes back', async () => {
    const [service, ann] = await openWith('ann');
    expect(await formsOf(service, ann, taught(1, 0))).toEqual(['whole', 'whole']);
    expect(await formsOf(service, ann, taught(2, 0))).toEqual(['known', 'known']);
    ann.destroy();
    await service.event('left');
    const back = await joinBare(service.url, smallStudy, 'ann');
    expect(await formsOf(service, back, taught(3, 0))).toEqual(['whole', 'whole']);
  });

  it('travel again when the client has forgotten them over newer ones', async () => {
    const [service, ann] = await openWith('ann');
    const teachers: unknown[] = [];
    for (const [round, teacher] of [0, 1, 2, 0, 3, 1].entries()) {
      teachers.push((await formsOf(service, ann, taught(round + 1, teacher)))[1]);
    }
    expect(teachers).toEqual(['whole', 'whole', 'whole', 'known', 'whole', 'whole']);
  });

  it('travel as what is new in them', async () => {
    const [service, ann] = await openWith('ann');
    expect(await formsOf(service, ann, { ...task, parameters: large(1) })).toEqual(['whole', undefined]);
    const before = ann.bytes().heard;
    expect(await formsOf(service, ann, { ...task, parameters: large(2) })).toEqual(['patch', undefined]);
    // 8 bytes of values, 2 of gaps, 2 digests of 66; else the names of the message's fields.
    expect(ann.bytes().heard - before).toBeLessThan(8 + 2 + 2 * 66 + 150);
  });

  it('travel whole to a client that has failed, whatever it failed at', async () => {
    const [service, ann] = await openWith('ann');
    await formsOf(service, ann, task);
    const asking = service.fleet.ask('ann', { ...task, round: 2 }, never);
    const { id, sent } = await ann.hearTask();
    expect(sent.parameters.kind).toBe('known');
    ann.say({ kind: 'failure', id, reason: 'it has none' });
    await expect(asking).rejects.toThrow('it has none');
    expect(await formsOf(service, ann, { ...task, round: 3 })).toEqual(['whole', undefined]);
  });

  it('travel whole after a task of which the client never heard', async () => {
    const [service, ann] = await openWith('ann');
    const stop = new AbortController();
    const asking = service.fleet.ask('ann', { ...task, parameters: large(1) }, stop.signal);
    stop.abort(new Error('deadline'));
    await expect(asking).rejects.toThrow('deadline');
    expect(await formsOf(service, ann, { ...task, parameters: large(1) })).toEqual(['whole', undefined]);
  });
});

function sameBits(values: Float32Array, bits: Uint32Array): boolean {
  const found = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return found.length === bits.length && found.every((value, index) => value === bits[index]);
}
