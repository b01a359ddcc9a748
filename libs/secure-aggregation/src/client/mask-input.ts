/**
 * A client's third step: it masks its vector, with a mask of its own and one for each neighbour who has dealt shares
 * (Bonawitz et al. 2017, round 2): y_u = x_u + PRG(b_u) + sum over v > u of PRG(s_uv) - sum over v < u of PRG(s_uv).
 */

import { pack, residuesOf } from '../arithmetic/residues.js';
import { ownMaskKey, pairMask } from '../cohort/mask-keys.js';
import { areEqual, deriveKey, KEY_BYTES, open } from '../keys/agreement.js';
import { addMasks, type Mask } from '../keys/masks.js';
import type { MaskedInput, ShareDelivery } from '../messages/messages.js';
import { readShareDelivery } from '../messages/read-message.js';
import { boxPurpose } from '../messages/transcripts.js';
import { AggregationRefused } from '../refusal.js';
import type { ClientStep, HeldShares, Shared } from './client-state.js';
import { commitmentsTo } from './share-keys.js';

/**
 * A share that cannot be read is no reason to stop: the mask of its dealer stays in the vector, and the coordinator is told.
 *
 * @throws AggregationRefused when fewer neighbours than the threshold, the client counted, have dealt shares that can be read
 */
export function maskInput(state: Shared, message: unknown): ClientStep {
  const { settings, cohort, agreed, ownShares } = state;
  const { name } = settings;
  const delivery = readShareDelivery(message);
  const held = new Map([[name, ownShares]]);
  const unreadable: string[] = [];
  for (const share of delivery.shares) {
    if (!agreed.has(share.from)) {
      throw new AggregationRefused(`expected shares of neighbours, found one of ${share.from}`);
    }
    const shares = openedShares(state, share);
    if (shares) {
      held.set(share.from, shares);
    } else {
      unreadable.push(share.from);
    }
  }
  if (held.size < cohort.threshold) {
    const found = `${held.size} of the ${cohort.threshold} that are needed`;
    throw new AggregationRefused(`expected shares of more clients that can be read, found ${found}`, unreadable[0]);
  }
  const dealers = new Set([name, ...delivery.shares.map(({ from }) => from)]);
  const masked: MaskedInput = {
    kind: 'masked-input',
    part: { members: [name], values: maskedValues(state, dealers) },
    unreadable,
  };
  const { signer, terms, minimumCohort, onlySurvivors, primitives } = settings;
  const kept = { name, signer, terms, minimumCohort, primitives, ...(onlySurvivors && { onlySurvivors }) };
  return { state: { phase: 'masked', settings: kept, cohort, dealers, held }, message: masked };
}

/** The shares in a box; undefined when it is not from its dealer to this client, or not what the dealer has committed to. */
function openedShares(
  state: Shared,
  { from, box, commitments }: ShareDelivery['shares'][number],
): HeldShares | undefined {
  const { settings, cohort, agreed } = state;
  const secret = agreed.get(from);
  const purpose = boxPurpose(settings.terms.context, cohort.digest, from, settings.name);
  const both = secret && open(deriveKey(secret, purpose), box);
  if (!both) {
    return undefined;
  }
  const shares = { seed: both.slice(0, KEY_BYTES), maskKey: both.slice(KEY_BYTES) };
  const expected = commitmentsTo(cohort, { dealer: from, holder: settings.name }, shares);
  return areEqual(expected, commitments) ? shares : undefined;
}

function maskedValues({ settings, secrets, cohort }: Shared, dealers: ReadonlySet<string>): Uint8Array {
  const { name, terms, primitives } = settings;
  const agree = primitives.agreement(secrets.maskSecret);
  const masks = [...dealers].map((dealer): Mask => {
    if (dealer === name) {
      return { key: ownMaskKey(terms, cohort, secrets.seed), sign: 1 };
    }
    return pairMask(terms, cohort, { name, agree }, dealer);
  });
  const residues = residuesOf(settings.values);
  addMasks(residues, masks, cohort.ring, primitives);
  return pack(residues, cohort.ring);
}
