/** Messages that fast-check makes up: every kind, any numbers, any text. */

import fc from 'fast-check';
import type { Delta } from '@gaitway/core/federated';
import type { FromClient, FromCoordinator, SentParameters } from '../messages/messages.js';

const name = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' }).map((text) => text.trim() || 'x');
const text = fc.string({ maxLength: 200, unit: 'grapheme-ascii' });
const count = fc.nat();
const round = fc.integer({ min: 1, max: 10_000 });
const digest = fc.stringMatching(/^[0-9a-f]{64}$/);
const finite = fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => value + 0); // JSON has no -0
const share = fc.double({ min: 0, minExcluded: true, max: 1, noNaN: true });
const stage = name.filter((name) => name !== '__proto__'); // decoded without it, as a test of its own shows
const floats = fc.float32Array({ maxLength: 50 });
const figure = fc.option(finite);
const optional = { requiredKeys: [] as never[] };

const key = base64url(32);
const signature = base64url(64);

const hello = fc.record({
  kind: fc.constant('hello' as const),
  protocol: fc.integer({ min: 6 }),
  oldest: fc.integer({ max: 6 }),
  gaitway: text,
  nonce: key,
  binds: fc.boolean(),
});

const challenge = fc.record({
  kind: fc.constant('challenge' as const),
  protocol: fc.integer(),
  key,
  nonce: key,
  studyDigest: digest,
  signature,
});

const proof = fc
  .tuple(fc.record({ client: name, key, signature }), fc.record({ code: name }, optional))
  .map(([proof, more]) => ({ kind: 'proof' as const, ...proof, ...more }));

const join = fc
  .tuple(
    fc.record({ studyDigest: digest, layoutDigests: fc.dictionary(stage, digest) }),
    fc.record({ windows: fc.nat(10_000_000) }, optional),
  )
  .map(([join, more]) => ({ kind: 'join' as const, ...join, ...more }));

const summary = fc
  .tuple(
    fc.record({ windows: count, loss: finite }),
    fc.record(
      { accepted: fc.array(fc.option(count)), lost: fc.constantFrom('missing' as const, 'damaged' as const) },
      optional,
    ),
  )
  .map(([summary, more]) => ({ ...summary, ...more }));

const classFigures = fc.record({
  name,
  precision: figure,
  recall: figure,
  specificity: figure,
  f1: figure,
  rocAuc: figure,
  support: count,
});
const averageFigures = fc.record({ precision: figure, recall: figure, specificity: figure });
const interval = fc.record({ low: finite, high: finite });
const intervals = fc.oneof(
  fc.record({ kind: fc.constant('none' as const), reason: text }),
  fc.record({
    kind: fc.constant('people' as const),
    level: finite,
    people: count,
    resamples: count,
    weightedF1: interval,
    macroF1: interval,
    accuracy: interval,
  }),
);
const evaluation = fc
  .tuple(
    fc.record({
      windows: count,
      accuracy: finite,
      weightedF1: finite,
      macroF1: finite,
      microF1: finite,
      averages: fc.record({ macro: averageFigures, weighted: averageFigures, micro: averageFigures }),
      kappa: figure,
      rocAuc: figure,
      logLoss: finite,
      calibration: fc.record({
        error: finite,
        bins: fc.array(fc.record({ windows: count, confidence: figure, accuracy: figure }), { maxLength: 4 }),
      }),
      intervals,
    }),
    fc.array(classFigures, { maxLength: 4 }),
    fc.infiniteStream(count),
  )
  .map(([figures, classes, counts]) => ({
    ...figures,
    classes,
    confusion: classes.map(() => [...counts.take(classes.length)]),
  }));

const placed = { gaps: fc.uint8Array({ maxLength: 50 }), values: floats };
const halves = fc.uint16Array({ maxLength: 50 });
const delta: fc.Arbitrary<Delta> = fc.oneof(
  floats,
  fc.record({ kind: fc.constant('fp16' as const), halves }),
  fc.record({ kind: fc.constant('bf16' as const), halves }),
  fc.record({ kind: fc.constant('int8' as const), scales: floats, steps: fc.int8Array({ maxLength: 50 }) }),
  fc.record({ kind: fc.constant('top-k' as const), ...placed }),
);

const plainJson = fc
  .json({ maxDepth: 5 })
  .filter((json) => !json.includes('"__proto__"'))
  .map((json) => JSON.parse(json) as unknown);

const bytes = fc.uint8Array({ maxLength: 50 });
const names = fc.array(name, { maxLength: 4 });
const keys = { identity: key, cipherKey: bytes, maskKey: bytes, seedCommitment: bytes, signature };
const few = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { maxLength: 4 });

const fromMember = fc.oneof(
  fc.record({ kind: fc.constant('key-offer' as const), ...keys }),
  fc.record({
    kind: fc.constant('share-offer' as const),
    boxes: few(fc.record({ to: name, box: bytes })),
    commitments: bytes,
  }),
  fc.record({
    kind: fc.constant('masked-input' as const),
    part: fc.record({ members: names, values: bytes }),
    unreadable: names,
  }),
  fc.record({ kind: fc.constant('survivor-signature' as const), signature }),
  fc.record({ kind: fc.constant('revelation' as const), shares: few(fc.record({ of: name, share: bytes })) }),
);

const toMember = fc.oneof(
  fc.record({ kind: fc.constant('roster' as const), threshold: count, members: few(fc.record({ name, ...keys })) }),
  fc.record({
    kind: fc.constant('share-delivery' as const),
    shares: few(fc.record({ from: name, box: bytes, commitments: bytes })),
  }),
  fc.record({ kind: fc.constant('survivors' as const), members: names }),
  fc.record({
    kind: fc.constant('signature-list' as const),
    signatures: few(fc.record({ member: name, signature })),
  }),
);

const reply = fc.oneof(
  fc
    .tuple(
      fc.record({ kind: fc.constant('train' as const), stage: name, round, delta, examples: count, summary }),
      fc.record({ control: floats }, optional),
    )
    .map(([reply, more]) => ({ ...reply, ...more })),
  fc.record({ kind: fc.constant('abstain' as const), stage: name, round, reason: text, windows: fc.option(count) }),
  fc.record({ kind: fc.constant('evaluate' as const), stage: name, round, evaluation }),
  fc.record({ kind: fc.constant('aggregation' as const), stage: name, round, message: fromMember }),
  fc.record({ kind: fc.constant('noisy' as const), stage: name, round, delta: floats }),
);

const parameters: fc.Arbitrary<SentParameters> = fc.oneof(
  fc.record({ kind: fc.constant('whole' as const), digest, values: floats }),
  fc.record({ kind: fc.constant('known' as const), digest }),
  fc.record({ kind: fc.constant('patch' as const), digest, base: digest, ...placed }),
);

const task = fc.oneof(
  fc
    .tuple(
      fc.record({ kind: fc.constant('train' as const), stage: name, round, parameters }),
      fc.record(
        { teacher: parameters, classPrior: fc.array(share), since: count, control: floats, attempt: count },
        optional,
      ),
    )
    .map(([task, more]) => ({ ...task, ...more })),
  fc.record({ kind: fc.constant('evaluate' as const), stage: name, round, parameters }),
  fc.record({ kind: fc.constant('aggregation' as const), stage: name, round, attempt: count, message: toMember }),
);

const availability = fc
  .tuple(fc.boolean(), fc.record({ reason: text }, optional))
  .map(([available, more]) => ({ kind: 'availability' as const, available, ...more }));

const transfers = [
  fc.record({
    kind: fc.constant('offer' as const),
    id: count,
    name,
    bytes: fc.integer({ min: 32_769, max: 1_073_741_824 }),
  }),
  fc.record({ kind: fc.constant('part' as const), offset: count, content: fc.uint8Array({ maxLength: 50 }) }),
  fc.record({ kind: fc.constant('held' as const), id: count, bytes: count }),
  fc.record({ kind: fc.constant('withdrawal' as const), id: count }),
];

export const anyFromClient: fc.Arbitrary<FromClient> = fc.oneof(
  hello,
  proof,
  join,
  availability,
  fc.record({ kind: fc.constant('decline' as const), reason: text }),
  fc.record({ kind: fc.constant('answer' as const), id: count, reply }),
  fc.record({ kind: fc.constant('failure' as const), id: count, reason: text }),
  ...transfers,
);

export const anyFromCoordinator: fc.Arbitrary<FromCoordinator> = fc.oneof(
  challenge,
  fc.record({
    kind: fc.constant('welcome' as const),
    study: plainJson,
    studyDigest: digest,
    normalisation: fc.option(fc.record({ mean: fc.array(finite), standardDeviation: fc.array(finite) })),
  }),
  fc.constant({ kind: 'joined' as const }),
  fc.record({ kind: fc.constant('refusal' as const), reason: text }),
  fc.record({ kind: fc.constant('task' as const), id: count, task }),
  fc.record({ kind: fc.constant('cancel' as const), id: count }),
  fc
    .tuple(
      fc.record({ kind: fc.constant('goodbye' as const), reason: text, finished: fc.boolean() }),
      fc.record({ retryAfterSeconds: fc.nat(3_600) }, optional),
    )
    .map(([goodbye, more]) => ({ ...goodbye, ...more })),
  ...transfers,
);

/** Random bytes of a length as text. */
function base64url(length: number): fc.Arbitrary<string> {
  return fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((bytes) => Buffer.from(bytes).toString('base64url'));
}
