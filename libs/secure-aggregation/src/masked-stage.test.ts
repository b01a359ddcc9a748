import {
  type AggregationReply,
  type ClientId,
  type Fleet,
  inMemoryFleet,
  type Participant,
  parseStudy,
  type ReplyTo,
  type RoundReport,
  runStudy,
  type Study,
  studyDigest,
  type Task,
} from '@gaitway/core';
import type { RandomBytes } from '@gaitway/core/privacy';
import { changeBy, fail, handMade } from '@gaitway/core/testing/hand-made';
import { minimalStudy, quickStage, tiny } from '@gaitway/core/testing/studies';
import { describe, expect, it } from 'vitest';
import { maskedParticipant, type MaskedParticipantOptions } from './client/masked-participant.js';
import { secureSum } from './coordinator/secure-sum.js';
import type { Signer } from './keys/signatures.js';
import type { FromMember, MaskedInput } from './messages/messages.js';
import { nodePrimitives } from './node.js';
import { newSigner, seededBytes } from './testing/masked-round.js';

const names = ['ann', 'ben', 'cid', 'dot', 'eve'];
const people = { test: ['t'], labelled: ['l'], clients: names };

function studyOf(stage: object = {}): Study {
  const masked = { cohort: { minimum: 3, quorum: 3 }, secureAggregation: {}, ...stage };
  return parseStudy({ ...minimalStudy, ...tiny, people, stages: [{ ...quickStage('student'), ...masked }] });
}

/** What is done with the tasks of a client, or with its answers. */
type Meddling = (client: ClientId, participant: Participant) => Participant;

/** What is special about a run. */
interface Course {
  readonly meddle?: Meddling;
  readonly options?: Partial<MaskedParticipantOptions>;
  /** Trains the client at that place. */
  readonly train?: (index: number) => Participant;
  /** Called when a round waits for clients. */
  readonly onWait?: () => void;
}

/** Runs a study whose clients mask their updates; the change and the weight of each follow from its place. */
async function run(
  study: Study,
  { meddle = (_, participant) => participant, options = {}, train = trainer, onWait }: Course = {},
): Promise<readonly RoundReport[]> {
  const digest = await studyDigest(study);
  const signers = new Map(names.map((name) => [name, newSigner()]));
  const identities = new Map([...signers].map(([name, { publicKey }]) => [name, publicKey]));
  const members = names.map((name, index): [ClientId, Participant] => {
    const member = { name, participant: train(index), signer: signers.get(name)! };
    return [name, meddle(name, memberOf(study, digest, member, options))];
  });
  const fleet = inMemoryFleet(new Map(members));
  const waitForClients: Fleet['waitForClients'] = async (count, until) => {
    onWait?.();
    await fleet.waitForClients(count, until);
  };
  const context = {
    fleet: { ...fleet, waitForClients },
    coordinator: handMade(changeBy(0, 1)),
    secureSum: secureSum({ study: digest, identities: () => identities, primitives: nodePrimitives }),
    signal: new AbortController().signal,
  };
  return collected(runStudy(study, context));
}

/** Fills arrays with bytes that depend on the seed alone. */
function fillFrom(seed: string): RandomBytes {
  const draw = seededBytes(seed);
  return (bytes) => {
    bytes.set(draw(bytes.length));
  };
}

interface TestMember {
  readonly name: ClientId;
  readonly participant: Participant;
  readonly signer: Signer;
}

function memberOf(
  study: Study,
  studyDigest: string,
  { name, participant, signer }: TestMember,
  options: Partial<MaskedParticipantOptions> = {},
): Participant {
  return maskedParticipant(participant, {
    study,
    studyDigest,
    name,
    signer,
    minimumCohort: 3,
    random: seededBytes(name),
    primitives: nodePrimitives,
    noiseFor: ({ round }) => fillFrom(`${name} ${round}`),
    ...options,
  });
}

function trainer(index: number): Participant {
  return handMade(changeBy((index - 1) / 3, 10 + index));
}

/** Runs a study whose clients do not mask their updates, without some of them. */
async function runPlainly(study: Study, ...absent: readonly ClientId[]): Promise<readonly RoundReport[]> {
  const everybody = names.map((name, index) => [name, trainer(index)] as const);
  const fleet = inMemoryFleet(new Map(everybody.filter(([name]) => !absent.includes(name))));
  const { signal } = new AbortController();
  return collected(runStudy(study, { fleet, coordinator: handMade(changeBy(0, 1)), signal }));
}

async function collected(reports: AsyncIterable<RoundReport>): Promise<readonly RoundReport[]> {
  const all: RoundReport[] = [];
  for await (const report of reports) {
    all.push(report);
  }
  return all;
}

/** A participant whose answers are changed, or replaced by an error, where `change` says so. */
function changed(participant: Participant, change: (task: Task, reply: ReplyTo<Task>) => unknown): Participant {
  return async <T extends Task>(task: T, signal: AbortSignal) =>
    (await change(task, await participant<Task>(task, signal))) as ReplyTo<T>;
}

/** The kind of an answer; in secure aggregation, of the message in it. */
function kindOf(reply: ReplyTo<Task>): string {
  return reply.kind === 'aggregation' ? (reply.message as FromMember).kind : reply.kind;
}

/** The client is gone before its answer to this kind of message. */
function leavesAt(leavers: readonly ClientId[], kind: string): Meddling {
  return (client, participant) =>
    changed(participant, (_, reply) => {
      return leavers.includes(client) && kindOf(reply) === kind ? fail() : reply;
    });
}

const bits = ({ parameters }: RoundReport): string =>
  Buffer.from(new Uint8Array(parameters.slice().buffer)).toString('hex');

describe('a stage with secure aggregation', () => {
  it('comes to the bits of the same stage without it, weights included', async () => {
    const study = studyOf();
    const masked = await run(study);
    expect(masked.map(bits)).toEqual((await runPlainly(study)).map(bits));
    expect(masked[2]!.clients).toEqual(names.map((client) => ({ client, outcome: 'answered' })));
  });

  it.each(['key-offer', 'share-offer', 'masked-input'])(
    'goes on without a client that leaves before its %s',
    async (kind) => {
      const study = studyOf();
      const [report] = await run(study, { meddle: leavesAt(['cid'], kind) });
      expect(report).toMatchObject({ phase: 'completed' });
      expect(report!.clients).toContainEqual({ client: 'cid', outcome: 'failed', reason: 'its battery is empty' });
      expect(bits(report!)).toBe(bits((await runPlainly(study, 'cid'))[0]!));
    },
  );

  it.each(['survivor-signature', 'revelation'])(
    'keeps the update of a client that leaves before its %s',
    async (kind) => {
      const study = studyOf();
      const [report] = await run(study, { meddle: leavesAt(['cid'], kind) });
      expect(bits(report!)).toBe(bits((await runPlainly(study))[0]!));
      expect(report!.clients).toContainEqual({ client: 'cid', outcome: 'answered' });
    },
  );

  it('waits for a client that was restarted before it is begun anew', async () => {
    const study = studyOf({ rounds: 1, cohort: { minimum: 5, quorum: 5 } });
    let [isAway, wasAway] = [false, false];
    const restarting: Meddling = (client, participant) =>
      changed(participant, (_, reply) => {
        if (client === 'cid' && kindOf(reply) === 'share-offer' && !wasAway) {
          isAway = true;
          wasAway = true;
        }
        return isAway && client === 'cid' ? fail() : reply;
      });
    const [report] = await run(study, {
      meddle: restarting,
      onWait: () => {
        isAway = false;
      },
    });
    expect(bits(report!)).toBe(bits((await runPlainly(study))[0]!));
  });

  it('is begun anew where too few are left, without training again', async () => {
    const study = studyOf({ rounds: 1, cohort: { minimum: 5, quorum: 5 } });
    const leaves = new Set(['share-offer', 'masked-input', 'revelation']);
    const leaving: Meddling = (_, participant) =>
      changed(participant, (__, reply) => (leaves.delete(kindOf(reply)) ? fail() : reply));
    let trainings = 0;
    const counting = (index: number): Participant =>
      handMade((task) => {
        trainings++;
        return changeBy((index - 1) / 3, 10 + index)(task);
      });
    const [report] = await run(study, { meddle: leaving, train: counting });
    expect(bits(report!)).toBe(bits((await runPlainly(study))[0]!));
    expect(report!.clients.every(({ outcome }) => outcome === 'answered')).toBe(true);
    expect(leaves.size).toBe(0);
    expect(trainings).toBe(5);
  });

  it('is aborted below the threshold, and leaves the model as it was', async () => {
    const study = studyOf();
    // Four of five are needed.
    for (const kind of ['share-offer', 'masked-input', 'survivor-signature', 'revelation']) {
      await expect(run(study, { meddle: leavesAt(['ann', 'cid'], kind) })).rejects.toThrow(
        /No round of stage "student" was completed: secure aggregation: .*(4 are needed|are needed)/,
      );
    }
  });

  it('refuses an update beyond the bounds at its client, by the name of the bound', async () => {
    const [report] = await run(studyOf({ secureAggregation: { maximumExamples: 13 } }));
    expect(report!.clients).toContainEqual({
      client: 'eve',
      outcome: 'failed',
      reason: expect.stringContaining(
        'secureAggregation.maximumExamples: expected at most 13 examples in the update of one client, found 14',
      ) as unknown,
    });
    const [small] = await run(studyOf({ secureAggregation: { maximumChange: 0.9 } }));
    expect(small!.clients).toContainEqual(expect.objectContaining({ client: 'eve', outcome: 'failed' }));
  });

  it('refuses answers that are not masked, and tasks that ask for none', async () => {
    const unmasked: Meddling = (client, own) => (client === 'ben' ? trainer(1) : own);
    const [report] = await run(studyOf(), { meddle: unmasked });
    expect(report!.clients).toContainEqual({
      client: 'ben',
      outcome: 'failed',
      reason: 'Update of client "ben" refused: expected a masked one, found one that can be read',
    });
    const study = studyOf();
    const own = memberOf(study, await studyDigest(study), {
      name: 'ann',
      participant: trainer(0),
      signer: newSigner(),
    });
    const parameters = new Float32Array(12);
    const task = { kind: 'train', stage: 'student', round: 1, parameters } as const;
    await expect(own(task, new AbortController().signal)).rejects.toThrow('to mask updates, as the study says');
    const early = { kind: 'aggregation', stage: 'student', round: 1, attempt: 5, message: {} } as const;
    await expect(own(early, new AbortController().signal)).rejects.toThrow('in which this client has offered keys');
  });

  it('is left by clients for whom it has too few others, and by those who do not know one of them', async () => {
    await expect(run(studyOf(), { options: { minimumCohort: 6 } })).rejects.toThrow('No round of stage');
    const [report] = await run(studyOf({ cohort: { minimum: 3, quorum: 3 } }), {
      meddle: (client, own) => (client === 'ben' ? trainer(1) : own),
      options: { isKnown: (name) => names.includes(name) },
    });
    expect(report!.phase).toBe('completed');
    await expect(run(studyOf(), { options: { isKnown: (name) => name !== 'eve' } })).rejects.toThrow(
      'No round of stage',
    );
  });

  it('is repeated by clients that have revealed for the same survivors, and for no others', async () => {
    const study = studyOf({ rounds: 1 });
    const digest = await studyDigest(study);
    const signers = new Map(names.map((name) => [name, newSigner()]));
    const own = new Map(
      names.map((name, index) => [
        name,
        memberOf(study, digest, { name, participant: trainer(index), signer: signers.get(name)! }),
      ]),
    );
    const identities = new Map([...signers].map(([name, { publicKey }]) => [name, publicKey]));
    const attempt = (...absent: readonly ClientId[]): Promise<readonly RoundReport[]> => {
      const fleet = inMemoryFleet(new Map([...own].filter(([name]) => !absent.includes(name))));
      const sum = secureSum({ study: digest, identities: () => identities, primitives: nodePrimitives });
      const { signal } = new AbortController();
      return collected(runStudy(study, { fleet, coordinator: handMade(changeBy(0, 1)), secureSum: sum, signal }));
    };
    const first = await attempt();
    expect((await attempt()).map(bits)).toEqual(first.map(bits));
    await expect(attempt('eve')).rejects.toThrow('0 clients have signed');
  });

  it('finds who sends what is beyond the bounds, and goes on without it', async () => {
    const study = studyOf({ rounds: 12 });
    // 43 bits a value, in six bytes: the sum is off by 2^42, and five clients reach 2^41.6 at most.
    const liar: Meddling = (client, own) =>
      changed(own, (_, reply) => {
        if (client === 'dot' && kindOf(reply) === 'masked-input') {
          const { values } = ((reply as AggregationReply).message as MaskedInput).part;
          values[(4 * values.length) / 6 + 1]! ^= 4; // the second byte behind the low 32 bits of all
        }
        return reply;
      });
    const reports = await run(study, { meddle: liar });
    expect(reports[0]).toMatchObject({ phase: 'aborted', suspects: names });
    const found = reports.find(({ excluded }) => excluded);
    expect(found?.excluded).toEqual(['dot']);
    const last = reports.at(-1)!;
    expect(last.phase).toBe('completed');
    expect(last.clients.map(({ client }) => client)).toEqual(names.filter((name) => name !== 'dot'));
  });
});
