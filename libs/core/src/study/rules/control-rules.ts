/** What control variates are not made for. */

import type { Issue } from '../../errors.js';
import { clientSideOf } from '../../federated/strategies/strategy-plan.js';
import type { PlacedStage } from './placed-stage.js';

/** Control variates are mean gradients of all parameters: what SGD's steps are made of, and other optimisers' not. */
export function controlIssues({ stage, path }: PlacedStage): readonly Issue[] {
  if (stage.where === 'coordinator' || !clientSideOf(stage.strategy).controlVariate) {
    return [];
  }
  const { optimizer, personal, compress } = stage;
  const nothing = 'expected nothing, because the control variates of scaffold travel whole, found';
  return [
    ...(optimizer.kind === 'sgd'
      ? []
      : [
          {
            path: `${path}.optimizer.kind`,
            message: `expected "sgd", whose steps scaffold can correct, found "${optimizer.kind}"`,
          },
        ]),
    ...(personal ? [{ path: `${path}.personal`, message: `${nothing} a list of ${personal.length}` }] : []),
    ...(compress ? [{ path: `${path}.compress`, message: `${nothing} "${compress.kind}"` }] : []),
  ];
}
