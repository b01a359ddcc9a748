/** Finds recordings that somebody should check before a study uses them. */

import type { InspectionPlan, Suspect } from './inspection.js';
import type { RecordingFacts } from './recording-facts.js';

/** Plausible magnitudes at rest for data in g; phones out of calibration are off by a few percent. */
const REST_RANGE = { low: 0.8, high: 1.2 };

/**
 * Plausible mean magnitudes without a quiet second, over a whole recording; moving people measure well above 1 g on
 * average.
 */
const MOVING_RANGE = { low: 0.5, high: 4 };

/** Minimum number of quiet seconds for the magnitude at rest to be used. */
const QUIET_SECONDS = 3;

/** The suspicious recordings, in their order. */
export function findSuspects(all: readonly RecordingFacts[], plan: InspectionPlan): readonly Suspect[] {
  const firstWith = new Map<string, string>();
  return all.flatMap((facts) => {
    const twin = firstWith.get(facts.digest);
    if (twin === undefined) {
      firstWith.set(facts.digest, facts.source);
    }
    return [...constantSuspects(facts), ...unitSuspects(facts), ...twinSuspects(facts, twin), ...short(facts, plan)];
  });
}

function constantSuspects({ source, constantChannels }: RecordingFacts): readonly Suspect[] {
  return constantChannels.map(({ name, value }) => ({
    kind: 'constant-channel',
    source,
    reason: `channel ${name} never changes: always ${value}`,
  }));
}

function unitSuspects({ source, rest, meanMagnitude }: RecordingFacts): readonly Suspect[] {
  if (rest === undefined || meanMagnitude === undefined) {
    return [];
  }
  const quiet = rest.seconds >= QUIET_SECONDS;
  const measured = quiet ? rest.magnitudeSum / rest.seconds : meanMagnitude;
  const { low, high } = quiet ? REST_RANGE : MOVING_RANGE;
  if (measured >= low && measured <= high) {
    return [];
  }
  const reason = `${quiet ? 'measures at rest' : 'measures on average'} ${measured.toFixed(2)} g, not about 1 g`;
  return [{ kind: 'unit', source, reason: `${reason}: ${unitGuess(measured)}` }];
}

function unitGuess(measured: number): string {
  if (measured > 4) {
    return 'is it in m/s^2?';
  }
  return measured < 0.5 ? 'was gravity taken out, or is it divided by 9.81 too often?' : 'is the sensor calibrated?';
}

function twinSuspects({ source }: RecordingFacts, twin: string | undefined): readonly Suspect[] {
  return twin === undefined ? [] : [{ kind: 'duplicate', source, reason: `has the same samples as ${twin}` }];
}

function short({ source, seconds, windows }: RecordingFacts, { window, rateHz }: InspectionPlan): readonly Suspect[] {
  const needed = (window / rateHz).toFixed(1);
  return windows > 0
    ? []
    : [
        {
          kind: 'too-short',
          source,
          reason: `holds no window of ${needed} s without a gap: ${seconds.toFixed(1)} s in all`,
        },
      ];
}
