/** A service whose keys are in a folder, with access tokens for its pages. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { studyDigest } from '@gaitway/core';
import { issueToken, openCoordinatorKeys, type PageRole } from '@gaitway/node';
import { onTestFinished } from 'vitest';
import type { HostAddress } from '../host/http-port.js';
import { serveStudy } from '../host/serve-study.js';
import { manualClock, type ManualClock } from './manual-clock.js';
import { smallStudy } from './open-service.js';

const DAY = 86_400_000;

export interface Watched {
  readonly url: string;
  readonly port: number;
  /** The folder of keys. */
  readonly keys: string;
  readonly clock: ManualClock;
  /** The text of a new token. */
  readonly token: (name: string, role: PageRole, days?: number) => Promise<string>;
}

/** Opens a service that the end of the test closes. */
export async function openWatched(enrolmentRequired = true, address: Partial<HostAddress> = {}): Promise<Watched> {
  const path = await mkdtemp(join(tmpdir(), 'gaitway-'));
  onTestFinished(() => rm(path, { recursive: true }));
  const keys = await openCoordinatorKeys(path, { enrolmentRequired });
  onTestFinished(() => keys[Symbol.asyncDispose]());
  const clock = manualClock();
  const service = await serveStudy({
    study: smallStudy,
    studyDigest: await studyDigest(smallStudy),
    normalisation: null,
    host: '127.0.0.1',
    port: 0,
    ...address,
    clock,
    keys,
    onEvent: () => undefined,
  });
  onTestFinished(() => service[Symbol.asyncDispose]());
  return {
    url: service.url,
    port: service.port,
    keys: path,
    clock,
    token: (name, role, days = 1) => issueToken(path, { name, role }, new Date(Date.now() + days * DAY)),
  };
}

/** A request with a token. */
export function bearer(token: string): { readonly headers: { readonly authorization: string } } {
  return { headers: { authorization: `Bearer ${token}` } };
}
