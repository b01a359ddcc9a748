/** Sums of clients' vectors that show no single one: the two sides of a round, and the messages between them. */

export { addPart, emptySum, type MaskedSum, partOf, type PartialSum } from './arithmetic/masked-sum.js';
export { type Ring, ringFor, type Segment } from './arithmetic/ring.js';
export { answer } from './client/answer.js';
export type {
  ClientSettings,
  ClientState,
  ClientStep,
  HeldShares,
  Masked,
  Offered,
  Revealed,
  RoundSecrets,
  Shared,
  Signed,
} from './client/client-state.js';
export { maskedParticipant, type MaskedParticipantOptions } from './client/masked-participant.js';
export { offerKeys } from './client/offer-keys.js';
export type { Cohort, Identities, IsKnown } from './cohort/cohort.js';
export { closePhase } from './coordinator/close-phase.js';
export type {
  Aborted,
  Completed,
  CoordinatorSettings,
  CoordinatorState,
  CoordinatorStep,
  Dealing,
  DealtShares,
  Fault,
  Offering,
  OpenRound,
  Revealing,
  Signing,
  Summing,
} from './coordinator/coordinator-state.js';
export { secureSum, type SecureSumOptions } from './coordinator/secure-sum.js';
export { awaitedClients, openRound, receive } from './coordinator/receive.js';
export { type Agreement, portablePrimitives, type Primitives } from './keys/primitives.js';
export type { Signer } from './keys/signatures.js';
export type {
  FromMember,
  KeyOffer,
  MaskedInput,
  Member,
  Revelation,
  Roster,
  RoundContext,
  RoundTerms,
  ShareDelivery,
  ShareOffer,
  SignatureList,
  SurvivorSignature,
  Survivors,
  ToMember,
} from './messages/messages.js';
export { AggregationRefused } from './refusal.js';
