/** Hostile visitors, and insiders who joined, at a coordinator that conducts a study. */

import { JoinRefused } from '@gaitway/client';
import { createRng, parseStudy, studyDigest, type Rng } from '@gaitway/core';
import { layoutDigests, type Join } from '@gaitway/protocol';
import { conductedStudy } from './conduct-honest.js';
import { insider, takePart } from './members.js';
import { sceneNames, speechOf } from './scenes.js';
import { visit, type VisitEnd } from './visit.js';

export interface Siege {
  readonly ends: Readonly<Record<VisitEnd, number>>;
  /** Times that an insider was sent away for its answers, and came back. */
  readonly insidersRefused: number;
}

const INSIDERS = 3;
const VISITS_AT_ONCE = 100;

/** @param onVisit - Called with the number of visits that have ended */
export async function besiege(
  url: string,
  { seed, frames }: { readonly seed: number; readonly frames: number },
  onVisit: (visits: number) => void,
): Promise<Siege> {
  const rng = createRng(seed).fork('service');
  const join = await rightJoin();
  const ends = { heard: 0, 'cut off': 0, unanswered: 0, 'not connected': 0 };
  const stop = new AbortController();
  const insiders = Array.from({ length: INSIDERS }, (_, index) =>
    comeBack(url, rng.fork('insider', index), stop.signal),
  );
  let begun = 0;
  let over = 0;
  const visitInTurn = async (): Promise<void> => {
    while (begun < frames) {
      const number = begun++;
      const options = { url, join, name: `stranger-${number}`, rng: rng.fork('visit', number) };
      const scene = sceneNames[number % sceneNames.length] ?? 'http';
      ends[await visit(url, speechOf(scene, options))]++;
      onVisit(++over);
    }
  };
  await Promise.all(Array.from({ length: VISITS_AT_ONCE }, visitInTurn));
  stop.abort();
  const refusals = await Promise.all(insiders);
  return { ends, insidersRefused: refusals.reduce((sum, count) => sum + count, 0) };
}

/** Takes part under ever new names; how often it was sent away. */
async function comeBack(url: string, rng: Rng, signal: AbortSignal): Promise<number> {
  for (let visits = 0; ; visits++) {
    const own = rng.fork(visits);
    try {
      await takePart(url, `insider-${own.uint32()}`, insider(own), signal);
      return visits;
    } catch (error) {
      if (signal.aborted) {
        return visits;
      }
      if (!(error instanceof JoinRefused)) {
        throw error;
      }
    }
  }
}

/** What a client says that has read the study as the coordinator means it. */
async function rightJoin(): Promise<Join> {
  const study = parseStudy(conductedStudy);
  return { kind: 'join', studyDigest: await studyDigest(study), layoutDigests: await layoutDigests(study) };
}
