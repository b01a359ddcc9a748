/**
 * Who asks for a page: the owner of the access token in the request. Programs send it as `Authorization: Bearer …`, browsers
 * in the cookie that the login page has set. A token in an address counts for nothing: addresses end up in logs.
 */

import type { IncomingMessage } from 'node:http';
import type { CoordinatorKeys, TokenOwner } from '@gaitway/node';
import { clientAddressReader } from '../limits/client-address.js';
import type { Clock } from '../limits/clock.js';
import { createTokenBuckets } from '../limits/connection-limiter.js';
import type { ServiceLimits } from '../limits/service-limits.js';

/** Why a token has no owner here: nobody's is wrong, and after too many wrong ones from an address none is looked at. */
export type TokenFault = 'wrong-token' | 'too-many-tokens';

export interface PageAccess {
  /** Whether the pages that say something about a study are for owners of a token alone. */
  readonly isRequired: boolean;
  /**
   * Who sends a request; undefined where it has no token.
   *
   * @throws Error when that cannot be read
   */
  readonly callerOf: (request: IncomingMessage) => Promise<TokenOwner | TokenFault | undefined>;
  /** Whose token a text is that came with a request. */
  readonly ownerOf: (token: string, request: IncomingMessage) => Promise<TokenOwner | TokenFault>;
}

export interface PageAccessOptions {
  /** A page about several studies is for those alone whose token is good at each of them. */
  readonly keys: readonly CoordinatorKeys[];
  readonly limits: ServiceLimits;
  readonly clock: Clock;
  /** Called for each token that has no owner here. */
  readonly onFault: () => void;
}

/** The cookie that the login page sets. */
export const TOKEN_COOKIE = 'gaitway';

/** Makes the access to pages of studies with these keys. */
export function createPageAccess({ keys, limits, clock, onFault }: PageAccessOptions): PageAccess {
  const folders = [...new Set(keys)];
  const addressOf = clientAddressReader(limits.trustedProxies);
  const wrongTokens = createTokenBuckets(limits.wrongTokens, clock.now);
  const ownerOf: PageAccess['ownerOf'] = async (token, request) => {
    const address = addressOf(request);
    if (!wrongTokens.take(address)) {
      onFault();
      return 'too-many-tokens';
    }
    const owners = await Promise.all(folders.map((each) => each.ownerOf(token)));
    const [owner] = owners;
    if (!owner || owners.includes(undefined)) {
      onFault();
      return 'wrong-token';
    }
    wrongTokens.restore(address);
    return owner;
  };
  return {
    isRequired: folders.some(({ enrolmentRequired }) => enrolmentRequired),
    ownerOf,
    callerOf: async (request) => {
      const token = tokenOf(request);
      return token === undefined ? undefined : ownerOf(token, request);
    },
  };
}

/** The token in the headers of a request. */
function tokenOf({ headers }: IncomingMessage): string | undefined {
  const { authorization, cookie = '' } = headers;
  if (authorization !== undefined) {
    return /^Bearer +(\S*)$/i.exec(authorization)?.[1] ?? '';
  }
  const pairs = cookie.split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === TOKEN_COOKIE)?.[1];
}
