import { describe, expect, it } from 'vitest';
import type { Aggregator } from '../federated/strategy.js';
import { weightedMean, type WeightedSum } from '../federated/weighted-means.js';
import { abstain, changeBy, fail, handMade } from '../testing/hand-made.js';
import { handTimer, type HandTimer } from '../testing/hand-timer.js';
import type { Participant, TrainReply, TrainTask } from '../train/task.js';
import { collectUpdates, type CollectedUpdates } from './collect-updates.js';
import { inMemoryFleet } from './fleet/in-memory-fleet.js';

const task: TrainTask = { kind: 'train', stage: 'student', round: 2, parameters: new Float32Array(3) };

interface Conditions {
  readonly quorum?: number;
  readonly enough?: number;
  readonly deadline?: number;
  readonly uncounted?: readonly string[];
  readonly timer?: HandTimer;
  readonly signal?: AbortSignal;
  readonly aggregator?: Aggregator<WeightedSum>;
  /** How many are asked at a time; everybody at once by default. */
  readonly concurrency?: number;
}

function collect(
  participants: Readonly<Record<string, Participant>>,
  {
    signal = new AbortController().signal,
    aggregator = weightedMean(),
    timer,
    uncounted = [],
    concurrency,
    ...more
  }: Conditions = {},
): Promise<CollectedUpdates<WeightedSum>> {
  const cohort = Object.keys(participants).filter((client) => !uncounted.includes(client));
  const plan = { cohort, uncounted, quorum: 1, ...more };
  const fleet = inMemoryFleet(new Map(Object.entries(participants)), { concurrency });
  return collectUpdates(fleet, { task, plan, aggregator, timer }, signal);
}

/** Says of a participant when it was told to stop. It answers when it is told to, however late. */
function stubborn(
  change: number,
  examples: number,
): ReturnType<typeof heldBack> & { readonly stopped: Promise<unknown> } {
  const { participant, answer } = heldBack(change, examples);
  let stop: (reason: unknown) => void;
  const stopped = new Promise<unknown>((resolve) => {
    stop = resolve;
  });
  const listening: Participant = (asked, signal) => {
    signal.addEventListener('abort', () => {
      stop(signal.reason);
    });
    return participant(asked, signal);
  };
  return { participant: listening, answer, stopped };
}

/** A weighted mean that tells whose update it gets, when it gets it. */
function tellingMean(told: string[]): Aggregator<WeightedSum> {
  const mean = weightedMean();
  return {
    ...mean,
    accept: (state, update) => {
      told.push(update.client);
      return mean.accept(state, update);
    },
  };
}

/** A participant whose answer is given by hand. */
function heldBack(change: number, examples: number): { participant: Participant; answer: () => void } {
  let answer = (): void => undefined;
  const allowed = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const participant = handMade(async (asked) => {
    await allowed;
    return changeBy(change, examples)(asked);
  });
  return {
    participant,
    answer: () => {
      answer();
    },
  };
}

describe('collectUpdates', () => {
  it('asks everybody at once and adds up what they answer', async () => {
    const { outcome, aggregate } = await collect({
      ann: handMade(changeBy(1, 1)),
      ben: handMade(changeBy(3, 3)),
    });
    expect([...weightedMean().finish(aggregate)]).toEqual([2.5, 2.5, 2.5]);
    expect(outcome).toEqual({
      phase: 'completed',
      clients: [
        { client: 'ann', outcome: 'answered', examples: 1, summary: { windows: 1, loss: 1 } },
        { client: 'ben', outcome: 'answered', examples: 3, summary: { windows: 3, loss: 1 } },
      ],
    });
  });

  it('gives the same bits and the same outcome in whatever order the answers come', async () => {
    const changes: Readonly<Record<string, number>> = { ann: 0.1, ben: -7.3, cid: 1e-4, dot: 1234.5, eve: 0.77 };
    const run = async (...order: readonly string[]): Promise<CollectedUpdates<Float64Array>> => {
      const clients = Object.entries(changes).map(
        ([name, change], index) => [name, heldBack(change, 17 * index + 1)] as const,
      );
      const came: string[] = [];
      const participants = Object.fromEntries(clients.map(([name, { participant }]) => [name, participant]));
      const collecting = collect(participants, { aggregator: tellingMean(came) });
      order.forEach((name) => {
        new Map(clients).get(name)!.answer();
      });
      const { outcome, aggregate } = await collecting;
      expect(came).toEqual(order);
      return { outcome, aggregate: aggregate.sum.values };
    };
    const first = await run('ann', 'ben', 'cid', 'dot', 'eve');
    expect(await run('eve', 'cid', 'ann', 'dot', 'ben')).toEqual(first);
    expect(await run('dot', 'eve', 'ben', 'ann', 'cid')).toEqual(first);
  });

  it('adds an answer when it comes, while others are still at work', async () => {
    const ann = heldBack(1, 1);
    const came: string[] = [];
    const addedBeforeAnn = new Promise<void>((resolve) => {
      const mean = tellingMean(came);
      const aggregator: Aggregator<WeightedSum> = {
        ...mean,
        accept: (state, update) => {
          resolve();
          return mean.accept(state, update);
        },
      };
      void collect({ ann: ann.participant, ben: handMade(changeBy(3, 1)) }, { aggregator });
    });
    await addedBeforeAnn;
    expect(came).toEqual(['ben']);
    ann.answer();
  });

  it('goes on without those who fail, abstain or are refused, and says why', async () => {
    const claim = (change: Partial<TrainReply>): Participant =>
      handMade((asked) => ({ ...changeBy(1, 1)(asked), ...change }));
    const { outcome, aggregate } = await collect({
      abstaining: handMade(abstain),
      failing: handMade(fail),
      good: handMade(changeBy(2, 5)),
      large: claim({ delta: Float32Array.of(0, 1e8, 0) }),
      late: claim({ round: 1 }),
      'not-a-number': claim({ delta: Float32Array.of(0, 0, NaN) }),
      short: claim({ delta: new Float32Array(2) }),
      silent: handMade((asked) => ({ ...abstain(asked), stage: 'teacher' })),
      weightless: claim({ examples: 0 }),
    });
    expect([...weightedMean().finish(aggregate)]).toEqual([2, 2, 2]);
    expect(outcome.phase).toBe('completed');
    const reasons = outcome.clients.map((client) => [
      client.client,
      client.outcome,
      client.outcome === 'answered' ? '' : client.reason,
    ]);
    expect(reasons).toEqual([
      ['abstaining', 'abstained', 'it has no windows'],
      ['failing', 'failed', 'its battery is empty'],
      ['good', 'answered', ''],
      ['large', 'failed', expect.stringMatching(/client "large" refused: expected examples x change of at most /)],
      [
        'late',
        'failed',
        expect.stringMatching(/client "late" refused: .*round 2, found one to stage "student", round 1/),
      ],
      ['not-a-number', 'failed', expect.stringMatching(/client "not-a-number" refused: .* found NaN at 2/)],
      ['short', 'failed', 'Update of client "short" refused: expected 3 numbers, found 2'],
      ['silent', 'failed', expect.stringMatching(/client "silent" refused: .*found one to stage "teacher", round 2/)],
      ['weightless', 'failed', expect.stringMatching(/client "weightless" refused: expected examples/)],
    ]);
  });

  it('is aborted when the quorum is missed', async () => {
    const { outcome } = await collect({ ann: handMade(changeBy(1, 1)), ben: handMade(fail) }, { quorum: 2 });
    expect(outcome).toMatchObject({
      phase: 'aborted',
      reason: '1 of 2 answered, where 2 must (ben failed: its battery is empty)',
    });
  });

  it('rejects with the reason of the abort', async () => {
    const stop = new AbortController();
    const participants = { ann: heldBack(1, 1).participant, ben: handMade(fail) };
    const collecting = collect(participants, { signal: stop.signal });
    stop.abort(new Error('interrupted'));
    await expect(collecting).rejects.toThrow('interrupted');
  });

  it('does not take a bug of the coordinator for the failure of a client', async () => {
    const aggregator: Aggregator<WeightedSum> = {
      ...weightedMean(),
      accept: () => {
        throw new TypeError('sum is undefined');
      },
    };
    await expect(collect({ ann: handMade(changeBy(1, 1)) }, { aggregator })).rejects.toThrow('sum is undefined');
  });
});

describe('a round with a deadline', () => {
  it('goes on without the late, tells them to stop, and takes nothing from them any more', async () => {
    const timer = handTimer();
    const ben = stubborn(100, 1);
    const came: string[] = [];
    const collecting = collect(
      { ann: handMade(changeBy(2, 1)), ben: ben.participant },
      { deadline: 30, timer, aggregator: tellingMean(came) },
    );
    expect(timer.pending()).toEqual([30]);
    await until(() => came.length === 1);
    timer.fire();
    expect(await ben.stopped).toEqual(new Error('the round waits for it no more'));
    ben.answer();
    const { outcome, aggregate } = await collecting;
    expect(outcome).toMatchObject({
      phase: 'completed',
      clients: [
        { client: 'ann', outcome: 'answered' },
        { client: 'ben', outcome: 'late', reason: 'no answer within 30 s' },
      ],
    });
    expect(came).toEqual(['ann']);
    expect([...weightedMean().finish(aggregate)]).toEqual([2, 2, 2]);
  });

  it('does not take an answer that comes together with the deadline', async () => {
    const timer = handTimer();
    const came: string[] = [];
    const ann = handMade((asked) => {
      // The deadline comes after the answer is on its way and before anybody has read it.
      queueMicrotask(() => {
        timer.fire();
      });
      return changeBy(1, 1)(asked);
    });
    const { outcome } = await collect({ ann }, { deadline: 30, timer, aggregator: tellingMean(came) });
    expect(outcome).toMatchObject({ phase: 'aborted', clients: [{ client: 'ann', outcome: 'late' }] });
    expect(came).toEqual([]);
  });

  it('is aborted where the quorum has not answered', async () => {
    const timer = handTimer();
    const collecting = collect({ ann: stubborn(1, 1).participant }, { deadline: 0.5, timer });
    timer.fire();
    expect((await collecting).outcome).toMatchObject({
      phase: 'aborted',
      reason: '0 of 1 answered, where 1 must (ann late: no answer within 0.5 s)',
    });
  });

  it('waits for those who do not count, and leaves them in peace', async () => {
    const timer = handTimer();
    const coordinator = stubborn(4, 1);
    let stopped = false;
    void coordinator.stopped.then(() => {
      stopped = true;
    });
    const came: string[] = [];
    const collecting = collect(
      { ann: handMade(changeBy(2, 1)), ben: stubborn(1, 1).participant, coordinator: coordinator.participant },
      { deadline: 30, timer, uncounted: ['coordinator'], aggregator: tellingMean(came) },
    );
    await until(() => came.length === 1);
    timer.fire();
    coordinator.answer();
    const { outcome, aggregate } = await collecting;
    expect(outcome.clients.map((client) => client.outcome)).toEqual(['answered', 'late', 'answered']);
    expect([...weightedMean().finish(aggregate)]).toEqual([3, 3, 3]);
    expect(stopped).toBe(false);
  });

  it('cancels the timer when it is over before, and when it is interrupted', async () => {
    const timer = handTimer();
    await collect({ ann: handMade(changeBy(1, 1)) }, { deadline: 30, timer });
    expect(timer.pending()).toEqual([]);
    const stop = new AbortController();
    const collecting = collect({ ann: stubborn(1, 1).participant }, { deadline: 30, timer, signal: stop.signal });
    stop.abort(new Error('interrupted'));
    await expect(collecting).rejects.toThrow('interrupted');
    expect(timer.pending()).toEqual([]);
  });

  it('waits for everybody where nobody brings a timer', async () => {
    const ann = heldBack(1, 1);
    const collecting = collect({ ann: ann.participant }, { deadline: 1e-9 });
    ann.answer();
    expect((await collecting).outcome.phase).toBe('completed');
  });
});

describe('a round that asks more than it needs', () => {
  it('closes with the first answers that are let in, and tells the others to stop', async () => {
    const came: string[] = [];
    const ann = stubborn(100, 1);
    const { outcome, aggregate } = await collect(
      {
        ann: ann.participant,
        ben: handMade(changeBy(1, 1)),
        cid: handMade((asked) => ({ ...changeBy(1, 1)(asked), examples: 0 })),
        dot: handMade(changeBy(3, 1)),
      },
      { enough: 2, quorum: 2, aggregator: tellingMean(came) },
    );
    expect(await ann.stopped).toBeInstanceOf(Error);
    expect(outcome.phase).toBe('completed');
    expect(outcome.clients.map(({ client, outcome: what }) => [client, what])).toEqual([
      ['ann', 'surplus'],
      ['ben', 'answered'],
      ['cid', 'failed'],
      ['dot', 'answered'],
    ]);
    expect(came).toEqual(['ben', 'dot']);
    expect([...weightedMean().finish(aggregate)]).toEqual([2, 2, 2]);
  });

  it('takes no more than enough, though all answer at once', async () => {
    const came: string[] = [];
    const names = ['ann', 'ben', 'cid', 'dot'];
    const participants = Object.fromEntries(names.map((name) => [name, handMade(changeBy(1, 1))]));
    const { outcome } = await collect(participants, { enough: 3, aggregator: tellingMean(came) });
    expect(came).toHaveLength(3);
    expect(outcome.clients.filter((client) => client.outcome === 'answered').map(({ client }) => client)).toEqual(
      came.sort(),
    );
  });
});

describe('a round of a fleet that asks a few at a time', () => {
  const names = Array.from({ length: 40 }, (_, index) => `client-${String(index).padStart(2, '0')}`);

  /** Participants that answer at once, and a count of the updates that are asked for and not added yet. */
  function counting(): {
    readonly participants: Readonly<Record<string, Participant>>;
    readonly aggregator: Aggregator<WeightedSum>;
    readonly asked: readonly string[];
    readonly most: () => number;
  } {
    const mean = weightedMean();
    const asked: string[] = [];
    let [alive, most] = [0, 0];
    const participant = (name: string, index: number): Participant =>
      handMade((given) => {
        asked.push(name);
        alive++;
        most = Math.max(most, alive);
        return changeBy(0.1 * index - 1.7, 3 * index + 1)(given);
      });
    const aggregator: Aggregator<WeightedSum> = {
      ...mean,
      accept: (state, update) => {
        alive--;
        return mean.accept(state, update);
      },
    };
    const participants = Object.fromEntries(names.map((name, index) => [name, participant(name, index)]));
    return { participants, aggregator, asked, most: () => most };
  }

  it('holds no more updates than that, and comes to the same bits as one that asks everybody at once', async () => {
    const [few, all] = [counting(), counting()];
    const { outcome, aggregate } = await collect(few.participants, { aggregator: few.aggregator, concurrency: 3 });
    const atOnce = await collect(all.participants, { aggregator: all.aggregator });
    expect(few.most()).toBe(3);
    expect(all.most()).toBe(names.length);
    expect(few.asked).toEqual(names);
    expect(outcome).toEqual(atOnce.outcome);
    expect(aggregate.sum.values).toEqual(atOnce.aggregate.sum.values);
  });

  it('asks nobody else once enough have answered', async () => {
    const { participants, aggregator, asked } = counting();
    const { outcome } = await collect(participants, { aggregator, concurrency: 2, enough: 5 });
    expect(outcome.clients.filter((client) => client.outcome === 'answered')).toHaveLength(5);
    expect(outcome.clients.filter((client) => client.outcome === 'surplus')).toHaveLength(names.length - 5);
    expect(asked.length).toBeLessThanOrEqual(6);
  });

  it('asks nobody else after the deadline, except those who do not count', async () => {
    const timer = handTimer();
    const asked: string[] = [];
    const noting =
      (name: string, participant: Participant): Participant =>
      (given, signal) => {
        asked.push(name);
        return participant(given, signal);
      };
    const ann = stubborn(1, 1).participant;
    const collecting = collect(
      {
        ann: noting('ann', ann),
        ben: noting('ben', ann),
        coordinator: noting('coordinator', handMade(changeBy(4, 1))),
      },
      { concurrency: 1, deadline: 30, timer, uncounted: ['coordinator'] },
    );
    await until(() => asked.length === 1);
    timer.fire();
    const { outcome } = await collecting;
    expect(asked).toEqual(['ann', 'coordinator']);
    expect(outcome.clients.map((client) => client.outcome)).toEqual(['late', 'late', 'answered']);
  });

  it('asks nobody else after a bug of the coordinator, or when the signal aborts', async () => {
    const { participants, asked } = counting();
    const broken: Aggregator<WeightedSum> = {
      ...weightedMean(),
      accept: () => {
        throw new TypeError('sum is undefined');
      },
    };
    await expect(collect(participants, { aggregator: broken, concurrency: 1 })).rejects.toThrow('sum is undefined');
    expect(asked).toEqual(names.slice(0, 1));
    const stop = new AbortController();
    const waiting = { ann: stubborn(1, 1).participant, ...counting().participants };
    const collecting = collect(waiting, { signal: stop.signal, concurrency: 1 });
    stop.abort(new Error('interrupted'));
    await expect(collecting).rejects.toThrow('interrupted');
  });
});

/** Lets what is under way go on until something is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await Promise.resolve();
  }
}
