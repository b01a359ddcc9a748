/**
 * Validates the form of the messages of secure aggregation, so that nothing travels in them that they do not have. What they
 * say is checked by `@gaitway/secure-aggregation`, which they are for.
 */

import { z } from 'zod';
import { bytes, count, key, mapOf, name, signature, viewedBytes } from './field-schemas.js';

/** A client's keys for one round. */
const keys = { identity: key, cipherKey: bytes, maskKey: bytes, seedCommitment: bytes, signature };

const names = z.array(name);

/** What a client says in a round of secure aggregation, in this order. */
export const fromMember: z.ZodType = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('key-offer'), ...keys }),
  z.strictObject({
    kind: z.literal('share-offer'),
    boxes: z.array(mapOf({ to: name, box: bytes })),
    commitments: bytes,
  }),
  z.strictObject({
    kind: z.literal('masked-input'),
    part: mapOf({ members: names, values: viewedBytes }),
    unreadable: names,
  }),
  z.strictObject({ kind: z.literal('survivor-signature'), signature }),
  z.strictObject({ kind: z.literal('revelation'), shares: z.array(mapOf({ of: name, share: bytes })) }),
]);

/** What the coordinator says in it, in this order. */
export const toMember: z.ZodType = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('roster'), threshold: count, members: z.array(mapOf({ name, ...keys })) }),
  z.strictObject({
    kind: z.literal('share-delivery'),
    shares: z.array(mapOf({ from: name, box: bytes, commitments: bytes })),
  }),
  z.strictObject({ kind: z.literal('survivors'), members: names }),
  z.strictObject({ kind: z.literal('signature-list'), signatures: z.array(mapOf({ member: name, signature })) }),
]);
