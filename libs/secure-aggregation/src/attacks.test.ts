/** What a coordinator that lies, and clients that do, can try; and what comes of it. */

import { describe, expect, it } from 'vitest';
import { answer } from './client/answer.js';
import type { ClientState, ClientStep } from './client/client-state.js';
import { offerKeys } from './client/offer-keys.js';
import type { FromMember, KeyOffer, Member, Roster, ToMember } from './messages/messages.js';
import { offerTranscript, survivorTranscript } from './messages/transcripts.js';
import { AggregationRefused } from './refusal.js';
import {
  conduct,
  type Course,
  digestOf,
  type MaskedRound,
  nameOf,
  newSigner,
  roundOf,
  seededBytes,
  termsOf,
} from './testing/masked-round.js';

const SIZE = 8;
const BOUND = 2 ** 35;
const COUNT = 10;
const terms = termsOf(SIZE, BOUND);
const vectorOf = (index: number): Float64Array =>
  Float64Array.from({ length: SIZE + 1 }, (_, place) => (place === SIZE ? index : (index - 4) * 10 ** place));
const names = Array.from({ length: COUNT }, (_, index) => nameOf(index));

const honest = (): MaskedRound => roundOf(COUNT, terms, vectorOf);

/** A round in which one client's settings are others. */
function withClient(round: MaskedRound, name: string, change: object): MaskedRound {
  return { ...round, clients: new Map([...round.clients, [name, { ...round.clients.get(name)!, ...change }]]) };
}

/** The refusal with which a step ends. */
function refusalOf(step: () => ClientStep): AggregationRefused {
  try {
    step();
  } catch (error) {
    if (error instanceof AggregationRefused) {
      return error;
    }
    throw error;
  }
  throw new Error('Expected a refusal');
}

/** The states of all clients after so many messages each, and what they have been sent last. */
function statesAfter(messages: number, round = honest()): ReadonlyMap<string, ClientState> {
  return conduct(round, { leavesAfter: new Map(names.map((name) => [name, messages])) }).clients;
}

/** What each client says to a message of the coordinator. */
function replies(
  states: ReadonlyMap<string, ClientState>,
  message: (name: string) => ToMember,
): ReadonlyMap<string, ClientStep> {
  return new Map([...states].map(([name, state]) => [name, answer(state, message(name))]));
}

function statesOf(steps: ReadonlyMap<string, ClientStep>): ReadonlyMap<string, ClientState> {
  return new Map([...steps].map(([name, { state }]) => [name, state]));
}

const signatureIn = ({ message }: ClientStep): string =>
  message.kind === 'survivor-signature' ? message.signature : '';

/** The list of everybody's keys as the coordinator spreads it in a round. */
function rosterOf(round: MaskedRound): { readonly roster: Roster; readonly states: ReadonlyMap<string, ClientState> } {
  const { traffic, clients } = conduct(round, { leavesAfter: new Map(names.map((name) => [name, 1])) });
  return { roster: traffic.find((message) => (message as ToMember).kind === 'roster') as Roster, states: clients };
}

/** The list with other members, in order. */
function rosterWith(roster: Roster, ...members: readonly Member[]): Roster {
  const changed = new Map([...roster.members, ...members].map((member) => [member.name, member]));
  return { ...roster, members: [...changed.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** An offer of keys that somebody signs with an identity. */
function offerBy(name: string, signer = newSigner(), change: Partial<KeyOffer> = {}): Member {
  const settings = { name, signer, terms, values: vectorOf(0), minimumCohort: 3, random: seededBytes(`${name} again`) };
  const { message } = offerKeys({ ...settings, primitives: honest().coordinator.primitives });
  const { identity, cipherKey, maskKey, seedCommitment } = { ...(message as KeyOffer), ...change };
  const keys = { identity, cipherKey, maskKey, seedCommitment };
  return { name, ...keys, signature: signer.sign(offerTranscript(terms.context, name, keys)) };
}

const tamper =
  (kind: FromMember['kind'], from: string, change: (message: never) => unknown): NonNullable<Course['fromClient']> =>
  (name, message) =>
    name === from && message.kind === kind ? change(message as never) : message;

describe('a coordinator that lies', () => {
  it('and sends different models to different clients gets no sum', () => {
    let round = honest();
    for (const name of names.slice(0, 5)) {
      round = withClient(round, name, { terms: { ...terms, model: digestOf('crafted for some') } });
    }
    const { state, refusals } = conduct(round);
    expect(refusals.size).toBe(0);
    expect(state).toMatchObject({
      phase: 'aborted',
      reason: expect.stringContaining('the sum is beyond what 10 clients'),
    });
  });

  it('and gives one client a model of its own learns nothing, even with all the others on its side', () => {
    // The sum without that client's vector is known to them: what remains would be the vector.
    const target = withClient(honest(), 'ward-3', { terms: { ...terms, model: digestOf('crafted for one') } });
    expect(conduct(target).state.phase).toBe('aborted');
  });

  it('about survivors, with different lists for different clients, gets no shares', () => {
    const masked = statesAfter(3);
    const lists = [names, names.slice(0, 9)];
    const listFor = (name: string) => (names.indexOf(name) < 5 ? lists[0]! : lists[1]!);
    const told = new Map([...masked].filter(([name]) => name !== 'ward-9'));
    const signed = replies(told, (name) => ({ kind: 'survivors', members: listFor(name) }));
    const same = [...signed].map(([member, step]) => ({ member, signature: signatureIn(step) }));
    for (const [name, { state }] of signed) {
      const mixed: ToMember = { kind: 'signature-list', signatures: same };
      expect(refusalOf(() => answer(state, mixed)).message).toContain('has not signed the list of survivors');
      const alike = same.filter(({ member }) => listFor(member) === listFor(name));
      const few: ToMember = { kind: 'signature-list', signatures: alike };
      expect(refusalOf(() => answer(state, few)).message).toMatch(/expected 7 signatures of survivors, found [45]/);
    }
  });

  it('about signatures, each of them several times or by strangers, gets no shares', () => {
    const signed = replies(statesAfter(3), () => ({ kind: 'survivors', members: names }));
    const of = (name: string) => ({ member: name, signature: signatureIn(signed.get(name)!) });
    const { state } = signed.get('ward-0')!;
    const twice = { kind: 'signature-list', signatures: [...names.slice(0, 4), ...names.slice(0, 4)].map(of) };
    expect(refusalOf(() => answer(state, twice)).message).toBe(
      'expected clients in the order of their names, each once',
    );
    const stranger = newSigner();
    const text = survivorTranscript(terms.context, 'unknown', names);
    const strangers = [...names.slice(0, 6).map(of), { member: 'zoe', signature: stranger.sign(text) }];
    const refusal = refusalOf(() => answer(state, { kind: 'signature-list', signatures: strangers }));
    expect(refusal.client).toBe('zoe');
  });

  it('about signatures, one of them by a client on its side that is no survivor, gets no shares', () => {
    const round = honest();
    const seven = names.slice(0, 7);
    const masked = new Map([...statesAfter(3, round)].filter(([name]) => seven.includes(name)));
    const signed = replies(masked, () => ({ kind: 'survivors', members: seven }));
    const { state } = signed.get('ward-0')!;
    const digest = state.phase === 'signed' ? state.cohort.digest : '';
    const own = round.clients.get('ward-9')!.signer.sign(survivorTranscript(terms.context, digest, seven));
    const of = (name: string) => ({ member: name, signature: signatureIn(signed.get(name)!) });
    const six = [...seven.slice(0, 6).map(of), { member: 'ward-9', signature: own }];
    expect(refusalOf(() => answer(state, { kind: 'signature-list', signatures: six })).client).toBe('ward-9');
    expect(answer(state, { kind: 'signature-list', signatures: seven.map(of) }).message.kind).toBe('revelation');
  });

  it('and delivers shares of nobody, or of the client itself, gets no vector', () => {
    const states = statesAfter(2);
    for (const from of ['zoe', 'ward-0']) {
      const shares = [{ from, box: new Uint8Array(80), commitments: new Uint8Array(64) }];
      const refusal = refusalOf(() => answer(states.get('ward-0')!, { kind: 'share-delivery', shares }));
      expect(refusal.message).toBe(`expected shares of neighbours, found one of ${from}`);
    }
  });

  it('and asks for both shares of a client gets one of them', () => {
    const masked = statesAfter(3);
    const signed = replies(masked, () => ({ kind: 'survivors', members: names }));
    const without = { kind: 'survivors', members: names.filter((name) => name !== 'ward-5') };
    // Neither before nor after the shares are revealed, nor by a state of before.
    expect(refusalOf(() => answer(signed.get('ward-0')!.state, without)).message).toContain('found "survivors"');
    expect(refusalOf(() => answer(masked.get('ward-0')!, without)).message).toContain('answered already');
    const signatures = names.map((member) => ({ member, signature: signatureIn(signed.get(member)!) }));
    const revealed = replies(statesOf(signed), () => ({ kind: 'signature-list', signatures }));
    const { state, message } = revealed.get('ward-0')!;
    expect(message.kind === 'revelation' && message.shares.map(({ of }) => of)).toEqual(names);
    for (const again of [without, { kind: 'signature-list', signatures }]) {
      expect(refusalOf(() => answer(state, again)).message).toContain('the round has ended for this client');
    }
  });

  it('about who survived, leaving out too many or the client itself, gets no signature', () => {
    const refuse = (members: readonly string[]): string =>
      refusalOf(() => answer(statesAfter(3).get('ward-0')!, { kind: 'survivors', members })).message;
    expect(refuse(names.slice(0, 6))).toBe('expected at least 7 survivors, found 6');
    expect(refuse(names.slice(1))).toContain('expected this client and 7 holders');
    expect(refuse([...names.slice(0, 9), 'zoe'])).toBe('expected survivors that have dealt shares, found zoe');
  });

  it('and counts clients as survivors that dealt no shares gets no signature', () => {
    const course: Course = { leavesAfter: new Map(names.map((name) => [name, name === 'ward-8' ? 1 : 3])) };
    const { clients } = conduct(honest(), course);
    const refusal = refusalOf(() => answer(clients.get('ward-0')!, { kind: 'survivors', members: names }));
    expect(refusal.message).toBe('expected survivors that have dealt shares, found ward-8');
  });

  it('and replays the keys of an earlier round is found out', () => {
    const earlier = rosterOf(honest()).roster.members.find(({ name }) => name === 'ward-4')!;
    const later = { ...terms, context: { ...terms.context, attempt: 2 } };
    const { roster, states } = rosterOf(roundOf(COUNT, later, vectorOf));
    const own = roster.members.find(({ name }) => name === 'ward-4')!;
    const replayed = rosterWith(roster, { ...earlier, identity: own.identity });
    const refusal = refusalOf(() => answer(states.get('ward-0')!, replayed));
    expect(refusal.message).toBe('ward-4: has not signed these keys for this round');
  });

  it('and replays a signed offer of the same attempt cannot answer for the client', () => {
    // An old offer of ward-4, whose mask key the coordinator has come to know: it still cannot seal shares in its place.
    const round = honest();
    const old = offerBy('ward-4', round.clients.get('ward-4')!.signer);
    const { roster, states } = rosterOf(round);
    const others = names.filter((name) => name !== 'ward-4');
    const replayed = rosterWith(roster, old);
    const dealt = new Map(others.map((name) => [name, answer(states.get(name)!, replayed)]));
    const shares = others.slice(1).flatMap((from) => {
      const { message } = dealt.get(from)!;
      const at = (message.kind === 'share-offer' && message.boxes.findIndex(({ to }) => to === 'ward-0')) as number;
      return message.kind === 'share-offer'
        ? [{ from, box: message.boxes[at]!.box, commitments: message.commitments.slice(0, 64) }]
        : [];
    });
    const forged = { from: 'ward-4', box: seededBytes('forged')(80), commitments: new Uint8Array(64) };
    const delivery = { kind: 'share-delivery', shares: [...shares, forged].sort((a, b) => (a.from < b.from ? -1 : 1)) };
    const { message } = answer(dealt.get('ward-0')!.state, delivery);
    expect(message.kind === 'masked-input' && message.unreadable).toEqual(['ward-4']);
  });

  it('and invents clients is found out by those who know the identities', () => {
    const { roster, states } = rosterOf(honest());
    const invented = { ...rosterWith(roster, offerBy('zoe')), threshold: 8 };
    const refusal = refusalOf(() => answer(states.get('ward-0')!, invented));
    expect(refusal.message).toBe('zoe: is not known by this identity key');
    const impostor = rosterWith(roster, offerBy('ward-7'));
    expect(refusalOf(() => answer(states.get('ward-0')!, impostor)).client).toBe('ward-7');
  });

  it('and is alone with one honest client gets nothing of it', () => {
    const { roster, states } = rosterOf(withClient(honest(), 'ward-0', { minimumCohort: 8 }));
    const own = roster.members.find(({ name }) => name === 'ward-0')!;
    const alone: Roster = { kind: 'roster', threshold: 1, members: [own] };
    expect(refusalOf(() => answer(states.get('ward-0')!, alone)).message).toBe('expected at least 8 clients, found 1');
    const sybils = Array.from({ length: 9 }, (_, index) => offerBy(`invented-${index}`));
    const surrounded = rosterWith({ ...alone, threshold: 7 }, ...sybils);
    expect(refusalOf(() => answer(states.get('ward-0')!, surrounded)).client).toBe('invented-0');
    // With fewer in the sum than the client demands it signs nothing, though enough hold its shares.
    const masked = statesAfter(3, withClient(honest(), 'ward-0', { minimumCohort: 8 })).get('ward-0')!;
    const survivors = { kind: 'survivors', members: names.slice(0, 7) };
    expect(refusalOf(() => answer(masked, survivors)).message).toBe('expected at least 8 survivors, found 7');
  });

  it('and changes a signature, or keys under it, is found out', () => {
    const { roster, states } = rosterOf(honest());
    const [, second, third] = roster.members;
    const swapped = rosterWith(roster, { ...second!, signature: third!.signature });
    expect(refusalOf(() => answer(states.get('ward-0')!, swapped)).client).toBe('ward-1');
    const changed = rosterWith(roster, { ...second!, maskKey: offerBy('ward-1').maskKey });
    expect(refusalOf(() => answer(states.get('ward-0')!, changed)).client).toBe('ward-1');
  });

  it("and changes or leaves out a client's own keys is found out", () => {
    const round = honest();
    const { roster, states } = rosterOf(round);
    const other = rosterWith(roster, offerBy('ward-0', round.clients.get('ward-0')!.signer));
    const without = { ...roster, members: roster.members.slice(1) };
    for (const wrong of [other, without]) {
      expect(refusalOf(() => answer(states.get('ward-0')!, wrong)).message).toContain(
        'the keys that this client has offered',
      );
    }
  });

  it('and shows different lists of clients to them gets no vector', () => {
    // ward-9 is on its side and has signed two offers: both lists pass every check of those who see them.
    const round = honest();
    const { roster, states } = rosterOf(round);
    const second = rosterWith(roster, offerBy('ward-9', round.clients.get('ward-9')!.signer));
    const isFirst = (name: string) => names.indexOf(name) < 5;
    const dealt = replies(states, (name) => (isFirst(name) || name === 'ward-9' ? roster : second));
    const deliveryTo = (name: string) => {
      const shares = names.flatMap((from) => {
        const { message } = dealt.get(from)!;
        const box = message.kind === 'share-offer' ? message.boxes.find(({ to }) => to === name)?.box : undefined;
        const at = 64 * names.indexOf(name);
        return box && message.kind === 'share-offer'
          ? [{ from, box, commitments: message.commitments.slice(at, at + 64) }]
          : [];
      });
      return { kind: 'share-delivery', shares };
    };
    for (const name of names.slice(0, 9)) {
      const refusal = refusalOf(() => answer(dealt.get(name)!.state, deliveryTo(name)));
      expect(refusal.message).toMatch(/found [46] of the 7 that are needed/);
    }
  });

  it('and sets too small or too large a threshold is refused', () => {
    const { roster, states } = rosterOf(honest());
    for (const threshold of [6, 1, 0, -3, 11, 7.5, NaN]) {
      expect(refusalOf(() => answer(states.get('ward-0')!, { ...roster, threshold })).message).toContain('threshold');
    }
    expect(answer(states.get('ward-0')!, { ...roster, threshold: 8 }).message.kind).toBe('share-offer');
  });

  it('and offers a point of low order is refused', () => {
    const round = honest();
    const { roster, states } = rosterOf(round);
    for (const key of ['cipherKey', 'maskKey'] as const) {
      const weak = offerBy('ward-2', round.clients.get('ward-2')!.signer, { [key]: new Uint8Array(32).with(0, 1) });
      const refusal = refusalOf(() => answer(states.get('ward-0')!, rosterWith(roster, weak)));
      expect(refusal.message).toBe('ward-2: offers a key that agrees on the same with everybody');
    }
  });

  it('and lists a key or an identity twice is refused', () => {
    const round = honest();
    const { roster, states } = rosterOf(round);
    const { cipherKey, maskKey } = roster.members[3]!;
    for (const change of [{ cipherKey }, { maskKey }, { cipherKey: maskKey }]) {
      const copy = offerBy('ward-7', round.clients.get('ward-7')!.signer, change);
      const refusal = refusalOf(() => answer(states.get('ward-0')!, rosterWith(roster, copy)));
      expect(refusal.message).toBe('ward-7: has an identity or a key that occurs twice');
    }
    const twin = offerBy('ward-2b', round.clients.get('ward-2')!.signer);
    const both = { ...rosterWith(roster, twin), threshold: 8 };
    expect(refusalOf(() => answer(states.get('ward-0')!, both)).client).toBe('ward-2b');
  });
});

describe('a client that lies', () => {
  const sumWithout = (...left: readonly number[]): number[] =>
    Array.from({ length: SIZE + 1 }, (_, place) =>
      names.reduce((sum, _name, index) => sum + (left.includes(index) ? 0 : vectorOf(index)[place]!), 0),
    );

  it('and signs nothing valid, or offers a weak key, is out by name, and the round goes on', () => {
    const round = honest();
    const signature = offerBy('ward-3').signature;
    const weak = offerBy('ward-3', round.clients.get('ward-3')!.signer, { maskKey: new Uint8Array(32) });
    for (const change of [(offer: KeyOffer) => ({ ...offer, signature }), () => ({ kind: 'key-offer', ...weak })]) {
      const { state } = conduct(round, { fromClient: tamper('key-offer', 'ward-3', change) });
      expect(state).toMatchObject({ phase: 'completed', faults: [{ client: 'ward-3' }] });
      expect(state.phase === 'completed' && [...state.sum]).toEqual(sumWithout(3));
    }
  });

  it("and copies another client's key is out by name", () => {
    const round = honest();
    let copied = new Uint8Array(32);
    const fromClient: NonNullable<Course['fromClient']> = (name, message) => {
      if (message.kind === 'key-offer' && name === 'ward-2') {
        copied = Uint8Array.from(message.maskKey);
      }
      return message.kind === 'key-offer' && name === 'ward-6'
        ? { kind: 'key-offer', ...offerBy('ward-6', round.clients.get('ward-6')!.signer, { maskKey: copied }) }
        : message;
    };
    const { state } = conduct(round, { fromClient });
    expect(state).toMatchObject({ phase: 'completed', faults: [{ client: 'ward-6' }] });
    expect(state.phase === 'completed' && [...state.sum]).toEqual(sumWithout(6));
  });

  it('and deals garbage to everybody is named', () => {
    const garbage = (offer: { boxes: readonly { to: string; box: Uint8Array }[] }) => ({
      ...offer,
      boxes: offer.boxes.map(({ to, box }) => ({ to, box: box.map((byte) => byte ^ 1) })),
    });
    const { state } = conduct(honest(), { fromClient: tamper('share-offer', 'ward-4', garbage) });
    const reason = '1 shares of ward-4 were revealed and 9 could not be read, 7 are needed';
    expect(state).toEqual({
      phase: 'aborted',
      reason: `ward-4: ${reason}`,
      faults: [{ client: 'ward-4', reason: `ward-4: ${reason}` }],
      suspects: ['ward-4'],
    });
  });

  it('and deals garbage to a few changes nothing', () => {
    const garbage = (offer: { boxes: readonly { to: string; box: Uint8Array }[] }) => ({
      ...offer,
      boxes: offer.boxes.map(({ to, box }, index) => ({ to, box: index < 3 ? box.with(7, box[7]! ^ 1) : box })),
    });
    const { state } = conduct(honest(), { fromClient: tamper('share-offer', 'ward-4', garbage) });
    expect(state.phase === 'completed' && [...state.sum]).toEqual(sumWithout());
  });

  it('and commits to other shares than it has dealt puts no blame on their holders', () => {
    const other = (offer: { commitments: Uint8Array }) => ({
      ...offer,
      commitments: offer.commitments.map((byte, index) => (index < 3 * 64 ? byte ^ 1 : byte)),
    });
    const { state } = conduct(honest(), { fromClient: tamper('share-offer', 'ward-4', other) });
    expect(state).toMatchObject({ phase: 'completed', faults: [] });
    expect(state.phase === 'completed' && [...state.sum]).toEqual(sumWithout());
  });

  it('and deals shares of something else, to which it commits, is named', () => {
    const before: NonNullable<Course['before']> = (name, state) =>
      name === 'ward-4' && state.phase === 'offered'
        ? { ...state, secrets: { ...state.secrets, seed: new Uint8Array(32).fill(1) } }
        : state;
    const reason = 'ward-4: has dealt shares that are not of the secret to which it is committed';
    expect(conduct(honest(), { before }).state).toEqual({
      phase: 'aborted',
      reason,
      faults: [{ client: 'ward-4', reason }],
      suspects: ['ward-4'],
    });
    const leavesAfter = new Map([['ward-4', 2]]);
    const changed: NonNullable<Course['before']> = (name, state) =>
      name === 'ward-4' && state.phase === 'offered'
        ? { ...state, secrets: { ...state.secrets, maskSecret: new Uint8Array(32).fill(1) } }
        : state;
    expect(conduct(honest(), { before: changed, leavesAfter }).state).toMatchObject({ phase: 'aborted', reason });
  });

  it('and reveals a share that it does not hold is out by name, and the round goes on', () => {
    const forge = (revelation: { shares: readonly { of: string; share: Uint8Array }[] }) => ({
      ...revelation,
      shares: revelation.shares.map(({ of, share }) => ({
        of,
        share: of === 'ward-8' ? share.with(0, share[0]! ^ 1) : share,
      })),
    });
    const { state } = conduct(honest(), { fromClient: tamper('revelation', 'ward-1', forge) });
    const reason = 'has revealed a share that is not the one which ward-8 has dealt to it';
    expect(state).toMatchObject({ phase: 'completed', faults: [{ client: 'ward-1', reason }] });
    expect(state.phase === 'completed' && [...state.sum]).toEqual(sumWithout());
  });

  it('and signs another list is out by name, and the round goes on', () => {
    const signer = newSigner();
    const forge = () => ({ kind: 'survivor-signature', signature: signer.sign('another list') });
    const { state } = conduct(honest(), { fromClient: tamper('survivor-signature', 'ward-1', forge) });
    const reason = 'has not signed the list of survivors';
    expect(state).toMatchObject({ phase: 'completed', faults: [{ client: 'ward-1', reason }] });
  });

  it('and sends a vector of another length, or for another client, is out by name, and the round goes on', () => {
    interface Input {
      part: { members: string[]; values: Uint8Array };
    }
    const changes = [
      (input: Input) => ({ ...input, part: { ...input.part, values: input.part.values.slice(1) } }),
      (input: Input) => ({ ...input, part: { ...input.part, members: ['ward-2'] } }),
      (input: Input) => ({ ...input, part: { ...input.part, members: ['ward-1', 'ward-2'] } }),
      (input: Input) => ({ ...input, unreadable: ['ward-1'] }),
      (input: Input) => ({ ...input, unreadable: ['zoe'] }),
    ];
    for (const change of changes) {
      const { state } = conduct(honest(), { fromClient: tamper('masked-input', 'ward-1', change) });
      expect(state).toMatchObject({ phase: 'completed', faults: [{ client: 'ward-1' }] });
      expect(state.phase === 'completed' && [...state.sum]).toEqual(sumWithout(1));
    }
  });

  it('and puts more than its bound under the mask ends the round', () => {
    // 2^38 more in the first value than it may have: within the ring, beyond what ten clients can have together.
    const more = (input: { part: { members: string[]; values: Uint8Array } }) => {
      const values = Uint8Array.from(input.part.values);
      const top = (4 * values.length) / 6; // behind the low 32 bits of all
      values[top] = (values[top]! + 0x50) % 256;
      return { ...input, part: { ...input.part, values } };
    };
    const { state } = conduct(honest(), { fromClient: tamper('masked-input', 'ward-1', more) });
    const reason = 'the sum is beyond what 10 clients within their bounds can have, at value 0';
    expect(state).toEqual({
      phase: 'aborted',
      reason,
      faults: [],
      suspects: names,
    });
  });

  it('by itself, with a vector beyond its bounds, does not begin', () => {
    const settings = honest().clients.get('ward-0')!;
    const begin = (values: Float64Array) => () => offerKeys({ ...settings, values });
    expect(begin(vectorOf(0).with(2, BOUND + 1))).toThrow('values[2]: expected an integer within its bound');
    expect(begin(vectorOf(0).with(SIZE, 1001))).toThrow(`values[${SIZE}]`);
    expect(begin(vectorOf(0).with(1, 0.5))).toThrow('values[1]');
    expect(begin(new Float64Array(3))).toThrow('expected 9 values, found 3');
    expect(() => offerKeys({ ...settings, minimumCohort: 2 })).toThrow('minimumCohort: expected at least 3, found 2');
  });
});
