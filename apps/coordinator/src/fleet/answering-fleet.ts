/**
 * Sets aside clients that join and never answer, so that rounds do not begin with them for ever. A client that has
 * answered once is never set aside: it may be slow, or ill for a while.
 */

import { TaskExpired, type ClientId, type Fleet } from '@gaitway/core';
import type { Timer } from '@gaitway/core/internal';
import type { ServiceLimits } from '../limits/service-limits.js';
import type { ClientRegistry } from './client-registry.js';

export interface AnsweringFleetOptions {
  readonly registry: Pick<ClientRegistry, 'setAside'>;
  readonly limits: Pick<ServiceLimits, 'expiredTasks' | 'asideSeconds'>;
  readonly timer: Timer;
  /** Called when a client is set aside, for as many seconds. */
  readonly onAside: (client: ClientId, seconds: number) => void;
}

/** A client that has never answered. */
interface Silence {
  /** Tasks whose time passed since it was last set aside. */
  expired: number;
  /** How often it was set aside. */
  asides: number;
}

/** The longest time for which a client is set aside: a day. */
const LONGEST_ASIDE_SECONDS = 86_400;

/** Makes a fleet that remembers who has answered. */
export function answeringFleet(fleet: Fleet, options: AnsweringFleetOptions): Fleet {
  const { registry, limits, timer, onAside } = options;
  const silences = new Map<ClientId, Silence>();
  const answered = new Set<ClientId>();
  const noteExpiry = (client: ClientId): void => {
    if (answered.has(client)) {
      return;
    }
    const { expired, asides } = silences.get(client) ?? { expired: 0, asides: 0 };
    const isOver = expired + 1 >= limits.expiredTasks || asides > 0;
    silences.set(client, isOver ? { expired: 0, asides: asides + 1 } : { expired: expired + 1, asides });
    if (isOver) {
      const seconds = Math.min(limits.asideSeconds * 2 ** asides, LONGEST_ASIDE_SECONDS);
      registry.setAside(client, true);
      onAside(client, seconds);
      timer.after(seconds, () => {
        registry.setAside(client, false);
      });
    }
  };
  return {
    ...fleet,
    ask: async (client, task, signal) => {
      try {
        const reply = await fleet.ask(client, task, signal);
        answered.add(client);
        silences.delete(client);
        return reply;
      } catch (error) {
        if (signal.aborted && signal.reason instanceof TaskExpired) {
          noteExpiry(client);
        }
        throw error;
      }
    },
  };
}
