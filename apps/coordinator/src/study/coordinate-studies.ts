/** Runs several studies in one process and at one address, each with a fleet, a run folder and an end of its own. */

import { InvalidInput, StudyStopped } from '@gaitway/core';
import {
  type BackendName,
  backendOfRun,
  defaultRunFolder,
  finishedRun,
  Interrupted,
  renderRunSummary,
  type Reporter,
  type Run,
  studyOfRun,
} from '@gaitway/node';
import { join } from 'node:path';
import { type PlannedStudy, refuseUnservable } from '../host/servable-studies.js';
import { serveStudies, type StudyService } from '../host/serve-study.js';
import type { CoordinateOptions } from './coordinate-study.js';
import { keysOfStudies, type KeysOfStudies } from './keys-of-studies.js';
import { finishedJob, openJob, type StudyJob } from './study-job.js';

/** `run` is the folder in which each study has a run folder with its name. */
export type CoordinateStudiesOptions = Omit<CoordinateOptions, 'models' | 'onOpen'>;

/** How a study ended. */
export type StudyEnd =
  { readonly study: string; readonly run: Run } | { readonly study: string; readonly error: Error };

/**
 * Serves studies until each has ended, in whatever way: the end of one does not affect the others. Where the folder of the
 * runs is given, interrupted runs in it go on, and finished ones are left as they are.
 *
 * @returns how each study ended, in the order of the studies
 * @throws InvalidInput before any study begins: for names, data, a folder or an address that cannot be used
 */
export async function coordinateStudies(
  planned: readonly PlannedStudy[],
  options: CoordinateStudiesOptions,
): Promise<readonly StudyEnd[]> {
  refuseUnservable(planned);
  await using keys = keysOfStudies(options);
  const jobs: StudyJob[] = [];
  try {
    await openJobs(planned, { ...options, keysOf: keys.of }, jobs);
    const endpoints = jobs.map(({ endpoint }) => endpoint);
    await using services = await serveStudies(endpoints, options);
    return await Promise.all(
      services.studies.flatMap((service, index) => {
        const job = jobs[index];
        return job ? [conduct(job, service, options.signal)] : [];
      }),
    );
  } finally {
    await Promise.all(jobs.map((job) => job[Symbol.asyncDispose]()));
  }
}

/** @param jobs - The jobs are added to this list: those that are open must be disposed of even if the next cannot be opened */
async function openJobs(
  planned: readonly PlannedStudy[],
  options: CoordinateStudiesOptions & { readonly keysOf: KeysOfStudies['of'] },
  jobs: StudyJob[],
): Promise<void> {
  const { runs, backend: required } = await findRunFolders(planned, options);
  for (const { plannedStudy, folder, finished } of runs) {
    // all studies of a process train on one backend
    const backend = jobs.find((job) => job.backend)?.backend ?? required;
    const reporter = namedReporter(options.reporter, plannedStudy.study.name);
    const jobOptions = { ...options, backend, reporter, keys: await options.keysOf(folder) };
    jobs.push(
      finished
        ? await finishedJob(plannedStudy, finished, jobOptions)
        : await openJob(plannedStudy, folder, jobOptions),
    );
  }
}

/** Where the runs of the studies are, or will be. */
interface RunFolders {
  readonly runs: readonly {
    readonly plannedStudy: PlannedStudy;
    /** The folder of the run. */
    readonly folder: string;
    /** The run, where an earlier process finished it. */
    readonly finished: Run | undefined;
  }[];
  /** The backend with which interrupted runs must go on, else the one that was asked for. */
  readonly backend: BackendName | undefined;
}

/** Checks all folders before any recordings are read. */
async function findRunFolders(
  planned: readonly PlannedStudy[],
  options: CoordinateStudiesOptions,
): Promise<RunFolders> {
  let { backend } = options;
  const runs: RunFolders['runs'][number][] = [];
  for (const plannedStudy of planned) {
    const { study } = plannedStudy;
    const folder = options.run === undefined ? defaultRunFolder(study.name, new Date()) : join(options.run, study.name);
    const known = await studyOfRun(folder, study);
    const finished = known && (await finishedRun(folder, known.study));
    if (!finished) {
      backend = await backendOfRun(folder, study, backend);
    }
    runs.push({
      plannedStudy: finished ? { ...plannedStudy, study: finished.study } : plannedStudy,
      folder,
      finished,
    });
  }
  return { runs, backend };
}

async function conduct(job: StudyJob, service: StudyService, signal: AbortSignal): Promise<StudyEnd> {
  const { study, backend, reporter } = job;
  try {
    if (backend) {
      reporter.line(`The study is open at ${service.url} (backend ${backend}).`);
      reporter.line(`Join it with: gaitway client ${service.url} --data DIR`);
      reporter.line(`The coordinator's key: ${job.endpoint.keys?.own.fingerprint}`);
    }
    const run = await job.conduct(service, signal);
    reporter.line(`The study is finished: ${run.folder.path}`);
    return { study, run };
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    reporter.warn(`The study ended: ${error.message}`);
    return { study, error };
  } finally {
    await job[Symbol.asyncDispose]();
  }
}

/** Makes a reporter that begins every line with the study's name. */
function namedReporter(reporter: Reporter, name: string): Reporter {
  const named = (text: string): string => text.replace(/^/gm, `[${name}] `);
  return {
    ...reporter,
    line: (text) => {
      reporter.line(named(text));
    },
    warn: (text) => {
      reporter.warn(named(text));
    },
  };
}

/** The end of a study, as part of the JSON outcome. */
export function endDocument(end: StudyEnd): object {
  const { study: name } = end;
  return 'run' in end ? { name, run: end.run.folder.path, ...end.run.result } : { name, error: end.error.message };
}

/** The summary of a finished study. The reason why another did not finish has been reported already. */
export function endText(end: StudyEnd): string {
  return 'run' in end ? `\n${end.study}\n${renderRunSummary(end.run)}` : `\n${end.study}: not finished`;
}

/** The error that decides the exit code: a failure before a study that could not go on, and that before an interruption. */
export function worstError(ends: readonly StudyEnd[]): Error | undefined {
  const errors = ends.flatMap((end) => ('error' in end ? [end.error] : []));
  const [worst] = errors.sort((a, b) => rank(a) - rank(b));
  return worst;
}

function rank(error: Error): number {
  const mild = [InvalidInput, StudyStopped, Interrupted];
  return 1 + mild.findIndex((kind) => error instanceof kind);
}
