/** Runs a study as a service, from its data folder to its report. */

import type { Study } from '@gaitway/core';
import { type DataOptions, defaultRunFolder, type Reporter, type Run, type RunOptions } from '@gaitway/node';
import { conductServed, planEndpoint } from './conduct-served.js';
import { keysOfStudies, type KeysOptions } from './keys-of-studies.js';
import { createJournal } from './journal.js';
import { prepareStudy, type ReadModels } from './prepare-study.js';
import { serveStudy } from '../host/serve-study.js';
import type { HostAddress } from '../host/http-port.js';
import type { ServiceLimits } from '../limits/service-limits.js';

/** What a coordinator needs besides its study. */
export interface CoordinateOptions extends DataOptions, RunOptions, HostAddress, KeysOptions {
  /** Absent: {@link defaultLimits}. */
  readonly limits?: ServiceLimits;
  /** Reads the models from which stages start, at the paths that the study names. */
  readonly models?: ReadModels;
  /** Folder of a privacy ledger that several runs on the same people share. */
  readonly budget?: string;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
  /** Called with the address once clients can connect. */
  readonly onOpen?: (url: string) => void;
}

/**
 * Serves a study until its last stage is done, and tells its clients how it ended. An interrupted run in the folder goes on
 * after its last finished round.
 *
 * @throws InvalidInput for data, a folder or an address that cannot be used; StudyStopped when the study could not go on;
 *   the signal's reason when it aborts
 */
export async function coordinateStudy(study: Study, options: CoordinateOptions): Promise<Run> {
  const { reporter, signal, limits, budget, run: folder = defaultRunFolder(study.name, new Date()) } = options;
  await using prepared = await prepareStudy(study, { ...options, folder, backend: options.backend });
  await using allKeys = keysOfStudies(options);
  const keys = await allKeys.of(folder);
  const journal = createJournal();
  const plan = await planEndpoint(prepared.study, prepared.normalisation, { ...options, folder, keys, journal });
  const { host, port, tls, publicUrl } = options;
  await using service = await serveStudy({ host, port, ...(tls && { tls }), ...(publicUrl && { publicUrl }), ...plan });
  reporter.line(`Study "${study.name}" is open at ${service.url} (backend ${prepared.backend}).`);
  reporter.line(`Join it with: gaitway client ${service.url} --data DIR`);
  reporter.line(`The coordinator's key: ${keys.own.fingerprint}`);
  options.onOpen?.(service.url);
  return await conductServed(prepared, { folder, budget, service, limits, journal, reporter, signal });
}
