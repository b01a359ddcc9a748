/** What the engine needs of secure aggregation. The cryptography is elsewhere; whoever runs a study passes it in. */

import type { Digest } from '../../math/digest.js';
import type { MaskedStage, VectorSegment } from '../../study/plans/masked-vectors.js';
import type { ClientId } from '../fleet/fleet.js';

/** A round of secure aggregation, from the clients' first messages on. */
export interface SecureSumRequest {
  readonly stage: string;
  readonly round: number;
  readonly attempt: number;
  /** Digest of what the clients were sent to train on. */
  readonly model: Digest;
  /** The parts of each client's vector. */
  readonly segments: readonly VectorSegment[];
  /** The fewest clients in the sum. */
  readonly minimum: number;
  /** The first message of each client. */
  readonly offers: ReadonlyMap<ClientId, unknown>;
  /** Sends a client a message and resolves with its answer. Rejects with ClientFailure when there is none. */
  exchange(client: ClientId, message: unknown): Promise<unknown>;
}

/** What a round of secure aggregation comes to. */
export type SecureSumResult =
  | {
      readonly phase: 'completed';
      /** The sum of the survivors' vectors, exactly. */
      readonly sum: Float64Array;
      readonly survivors: readonly ClientId[];
      /** Why others are not in it. */
      readonly reasons: ReadonlyMap<ClientId, string>;
    }
  | {
      readonly phase: 'aborted';
      readonly reason: string;
      readonly reasons: ReadonlyMap<ClientId, string>;
      /** Present where vectors or shares cannot be used: the clients one of which has caused it. */
      readonly suspects?: readonly ClientId[];
    };

/** Adds up vectors that nobody but their clients sees: `secureSum` of `@gaitway/secure-aggregation`. */
export type SecureSum = (request: SecureSumRequest) => Promise<SecureSumResult>;

/** What stays the same in all masked rounds of a stage. */
export interface MaskedRounds {
  readonly stage: MaskedStage;
  /** The parts of each client's vector. */
  readonly segments: readonly VectorSegment[];
  readonly secureSum: SecureSum;
}
