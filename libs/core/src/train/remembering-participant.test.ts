import { beforeAll, describe, expect, it } from 'vitest';
import { packDelta, unpackDelta, type Delta } from '../federated/compression/compression-plan.js';
import { createRng } from '../math/random.js';
import { totalSize, takeRanges } from '../math/ranges.js';
import { initialParameters } from '../model/parameters/initial-parameters.js';
import { createNetwork } from '../model/network.js';
import { partRanges } from '../model/parameters/layout.js';
import { useBackend } from '../testing/backends.js';
import { smallSpec } from '../testing/small-network.js';
import { threeKinds } from '../testing/windows.js';
import { memoryInRam, type ClientMemory, type ClientState } from './memory/client-memory.js';
import { createParticipant } from './participant.js';
import type { LocalPlan, StagePlan } from './plan.js';
import type { TrainReply, TrainTask } from './task.js';

const network = { ...smallSpec, heads: [smallSpec.heads[0]!] };
const { layout } = createNetwork(network);
const parameters = initialParameters(layout, createRng('start'));
const never = new AbortController().signal;
const data = { labelled: threeKinds(20, createRng('labelled'), 'labelled') };

function stageWith(plan: Partial<LocalPlan>): StagePlan {
  const optimizer = { kind: 'sgd', learningRate: 0.05 } as const;
  const usual = { transformations: [], length: { steps: 4 }, batchSize: 8, optimizer, trainable: 'all' } as const;
  return { name: 'student', network, plan: { objective: { kind: 'supervised' }, ...usual, ...plan } };
}

async function answer(
  plan: Partial<LocalPlan>,
  memory: ClientMemory,
  task: Partial<TrainTask>,
): Promise<TrainReply<Delta>> {
  const ann = createParticipant({ client: 'ann', seed: 1, stages: [stageWith(plan)], data, memory });
  const whole: TrainTask = { kind: 'train', stage: 'student', round: 1, parameters, ...task };
  return (await ann(whole, never)) as TrainReply<Delta>;
}

async function kept(memory: ClientMemory, round: number): Promise<ClientState> {
  return (await memory.recall('student', round)) as ClientState;
}

const topK: Partial<LocalPlan> = { compress: { kind: 'top-k', share: 0.05, feedback: true } };
const controlled: Partial<LocalPlan> = { controlVariate: true };
const personal: Partial<LocalPlan> = { personal: { parts: ['activity'] } };
const zeros = new Float32Array(layout.size);

beforeAll(() => useBackend('wasm'));

describe.each([
  { name: 'error feedback', plan: topK, first: {}, later: {} },
  { name: 'control variates', plan: controlled, first: { control: zeros }, later: { control: zeros.map(() => 0.01) } },
  { name: 'personal parts', plan: personal, first: {}, later: {} },
])('a participant with $name', ({ plan, first, later }) => {
  it('goes on from the answer that counted, and from no other', async () => {
    const memory = memoryInRam();
    await answer(plan, memory, { since: 0, ...first });
    const counted = await answer(plan, memory, { round: 3, since: 1, ...later });
    // Its answers in rounds that do not count, or are repeated, change nothing.
    const other = memoryInRam();
    await answer(plan, other, { since: 0, ...first });
    await answer(plan, other, { round: 2, since: 1, ...later });
    await answer(plan, other, { round: 3, since: 1, ...later });
    expect(await answer(plan, other, { round: 3, since: 1, ...later })).toEqual(counted);
    expect(await kept(other, 3)).toEqual(await kept(memory, 3));
  });

  it('goes on from something, once an answer has counted', async () => {
    const memory = memoryInRam();
    await answer(plan, memory, { since: 0, ...first });
    const { delta } = await answer(plan, memory, { round: 2, since: 1, ...later });
    expect(delta).not.toEqual((await answer(plan, memoryInRam(), { round: 2, since: 0, ...later })).delta);
  });

  it('starts over where its memory is lost or another stage’s, and says so', async () => {
    const { summary } = await answer(plan, memoryInRam(), { round: 2, since: 1, ...later });
    expect(summary.lost).toBe('missing');
    const memory = memoryInRam();
    const odd = new Float32Array(3);
    await memory.keep({ stage: 'student', round: 1, since: 0 }, { control: odd, residual: odd, personal: odd });
    expect((await answer(plan, memory, { round: 2, since: 1, ...later })).summary.lost).toBe('damaged');
    expect((await answer(plan, memory, { since: 0, ...first })).summary).not.toHaveProperty('lost');
  });

  it('wants to know since when', async () => {
    await expect(answer(plan, memoryInRam(), first)).rejects.toThrow('the task does not say from which');
  });

  it('keeps nothing of a task that nobody waits for', async () => {
    const memory = memoryInRam();
    const stop = new AbortController();
    const ann = createParticipant({ client: 'ann', seed: 1, stages: [stageWith(plan)], data, memory });
    const answering = ann({ kind: 'train', stage: 'student', round: 1, parameters, since: 0, ...first }, stop.signal);
    stop.abort(new Error('enough'));
    await expect(answering).rejects.toThrow('enough');
    expect(await memory.recall('student', 1)).toBe('missing');
  });
});

describe('error feedback at a participant', () => {
  it('adds what was not sent to the next update', async () => {
    const memory = memoryInRam();
    const learned = (await answer({}, memoryInRam(), { round: 2 })).delta as Float32Array;
    await answer(topK, memory, { since: 0 });
    const { residual } = await kept(memory, 1);
    const { delta } = await answer(topK, memory, { round: 2, since: 1 });
    const wanted = learned.map((value, index) => value + residual![index]!);
    expect(delta).toEqual(packDelta(wanted, topK.compress!, createRng(0)));
    const sent = unpackDelta(delta, layout.size) as Float32Array;
    expect((await kept(memory, 2)).residual).toEqual(wanted.map((value, index) => value - sent[index]!));
  });
});

describe('control variates at a participant', () => {
  it('change by how far it went: cᵢ⁺ = cᵢ - c + (x - y) / (K η)', async () => {
    const memory = memoryInRam();
    const first = await answer(controlled, memory, { since: 0, control: zeros });
    // Four steps of 0.05.
    (first.delta as Float32Array).forEach((moved, index) => {
      expect(first.control![index]).toBeCloseTo(-moved / 0.2, 5);
    });
    const global = zeros.map((_, index) => 0.001 * (index % 7));
    const second = await answer(controlled, memory, { round: 2, since: 1, control: global });
    (second.delta as Float32Array).forEach((moved, index) => {
      expect(second.control![index]).toBeCloseTo(-global[index]! - moved / 0.2, 5);
    });
    const { control } = await kept(memory, 2);
    control!.forEach((value, index) => {
      expect(value).toBeCloseTo(first.control![index]! + second.control![index]!, 5);
    });
  });

  it('correct nothing where they are lost: the global one takes their place', async () => {
    const global = zeros.map(() => 0.5);
    const lost = await answer(controlled, memoryInRam(), { round: 2, since: 1, control: global });
    const plain = await answer({}, memoryInRam(), { round: 2 });
    expect(lost.delta).toEqual(plain.delta);
  });

  it('must come with the task, as many as parameters', async () => {
    await expect(answer(controlled, memoryInRam(), { since: 0 })).rejects.toThrow('found nothing');
    const short = { since: 0, control: new Float32Array(2) };
    await expect(answer(controlled, memoryInRam(), short)).rejects.toThrow('found 2 numbers');
  });
});

describe('personal parts of a participant', () => {
  const ranges = partRanges(layout, ['activity']);

  it('stay: its updates are of the others, and it goes on with its own', async () => {
    const memory = memoryInRam();
    const whole = (await answer({}, memoryInRam(), {})).delta as Float32Array;
    const { delta } = await answer(personal, memory, { since: 0 });
    expect(delta).toEqual(takeRanges(whole, ranges.others));
    const own = (await kept(memory, 1)).personal!;
    expect(own).toHaveLength(totalSize(ranges.named));
    takeRanges(whole, ranges.named).forEach((moved, index) => {
      expect(own[index]).toBeCloseTo(takeRanges(parameters, ranges.named)[index]! + moved, 5);
    });
  });

  it('learn first where the plan says so, from where they were', async () => {
    const still = { optimizer: { kind: 'sgd', learningRate: 0 } } as const;
    const first = { personal: { parts: ['activity'], first: { steps: 6 } } };
    const memory = memoryInRam();
    await answer(first, memory, { since: 0 });
    const own = (await kept(memory, 1)).personal;
    expect(own).not.toEqual(takeRanges(parameters, ranges.named));
    await answer({ ...first, ...still }, memory, { round: 2, since: 1 });
    expect((await kept(memory, 2)).personal).toEqual(own);
  });
});
