/** What a run under faults is to be, and the plan that is drawn from it. */

import { createRng } from '@gaitway/core';
import { type ConnectionFault, drawConnectionFaults, drawKills, type FaultKind, type Kill } from '@gaitway/faults';

export interface ChaosSettings {
  readonly seed: number;
  /** How long there are faults, from the start of the coordinator. */
  readonly minutes: number;
  readonly clients: number;
  /** Hostile clients beside them; none where rounds have deadlines, because a simulation repeats these with all clients. */
  readonly liars: number;
  /** Rounds have deadlines: who counts is recorded, and repeated by a simulation. Else every client counts in each. */
  readonly deadlines: boolean;
  /** Updates are masked; absent in logs of runs before there was secure aggregation. */
  readonly masked?: boolean;
  readonly kinds: readonly FaultKind[];
}

export interface ChaosPlan {
  /** What happens to each client's connections, by its name. */
  readonly faults: Readonly<Record<string, readonly ConnectionFault[]>>;
  readonly kills: readonly Kill[];
}

export const COORDINATOR_PROCESS = 'coordinator';

/** More than a process or a client's connections get through in a run. */
const LIVES = 200;
const CONNECTIONS = 500;

/** What is drawn together: kinds that do the same to whoever waits for a connection. */
interface FaultGroup {
  readonly name: string;
  readonly kinds: readonly FaultKind[];
  /** Where on a connection, from and to. */
  readonly bytes: readonly [number, number];
  /** Share of connections to which it does not happen. */
  readonly spared: number;
}

const groups: readonly FaultGroup[] = [
  // Noticed at once, or over soon, in a handshake too.
  { name: 'quick', kinds: ['delay', 'stall', 'truncate', 'cut'], bytes: [64, 60_000], spared: 0.4 },
  // Noticed by TLS, which ends the connection, when its next record arrives: in a handshake none may follow.
  { name: 'changed', kinds: ['corrupt', 'drop', 'duplicate', 'reorder'], bytes: [4_096, 20_000], spared: 0.5 },
  // Found by missing heartbeats; in a handshake it would be waited for as long as anybody waits for a connection.
  { name: 'silent', kinds: ['silence'], bytes: [4_096, 60_000], spared: 0.6 },
];
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
  return groups.flatMap(({ name, kinds: all, bytes, spared }) => {
    const chosen = all.filter((kind) => kinds.includes(kind));
    const draw = { connections: CONNECTIONS, milliseconds: LONGEST_PAUSE_MS, kinds: chosen, bytes, spared };
    return chosen.length > 0 ? drawConnectionFaults(rng.fork(name), draw) : [];
  });
}
