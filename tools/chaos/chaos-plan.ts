/** What happens to whom in a run under faults. Plain data: drawn from a seed, or read back from a log. */

import { createRng } from '@gaitway/core';
import { type ConnectionFault, drawConnectionFaults, drawKills, type FaultKind, type Kill } from '@gaitway/faults';
import type { ChaosSettings } from './chaos-settings.js';

export interface ChaosPlan {
  /** What happens to each client's connections, by its name. */
  readonly faults: Readonly<Record<string, readonly ConnectionFault[]>>;
  readonly kills: readonly Kill[];
}

export const COORDINATOR_PROCESS = 'coordinator';

/** More than a process or a client's connections get through in a run. */
const LIVES = 200;
const CONNECTIONS = 500;

/** These are noticed at once, or pass, in a handshake too. */
const quickKinds: ReadonlySet<FaultKind> = new Set(['delay', 'stall', 'truncate', 'cut']);
const QUICK_BYTES = [64, 60_000] as const;
const QUICK_SPARED = 0.2;
/** In a handshake these would be waited for as long as anybody waits for a connection. */
const SLOW_BYTES = [4_096, 60_000] as const;
const SLOW_SPARED = 0.6;
const LONGEST_PAUSE_MS = 300;

export function drawChaosPlan(settings: ChaosSettings, clients: readonly string[]): ChaosPlan {
  const rng = createRng(settings.seed).fork('chaos');
  const coordinatorKills = drawKills(rng, {
    process: COORDINATOR_PROCESS,
    lives: LIVES,
    lines: ['student ', ' joined'],
    count: 3,
    milliseconds: 400,
  });
  const clientKills = clients.flatMap((process) =>
    drawKills(rng, { process, lives: LIVES, lines: ['student round', 'Joined.'], count: 4, milliseconds: 400 }),
  );
  return {
    faults: Object.fromEntries(clients.map((client) => [client, drawFor(client, settings)])),
    kills: [...coordinatorKills, ...clientKills],
  };
}

function drawFor(client: string, { seed, kinds }: ChaosSettings): readonly ConnectionFault[] {
  const rng = createRng(seed).fork('connections', client);
  const common = { connections: CONNECTIONS, milliseconds: LONGEST_PAUSE_MS };
  const quick = kinds.filter((kind) => quickKinds.has(kind));
  const slow = kinds.filter((kind) => !quickKinds.has(kind));
  return [
    ...(quick.length > 0
      ? drawConnectionFaults(rng.fork('quick'), { ...common, kinds: quick, bytes: QUICK_BYTES, spared: QUICK_SPARED })
      : []),
    ...(slow.length > 0
      ? drawConnectionFaults(rng.fork('slow'), { ...common, kinds: slow, bytes: SLOW_BYTES, spared: SLOW_SPARED })
      : []),
  ];
}
