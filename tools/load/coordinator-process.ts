/** A coordinator in a process of its own, and its figures, as `/metrics` gives them. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeLoadStudy } from './load-study.js';
import { figuresToken, trusted } from './secured.js';

const program = fileURLToPath(new URL('../../apps/cli/bin/gaitway.js', import.meta.url));

export interface CoordinatorProcess {
  readonly url: string;
  /** Where everything is that it writes. */
  readonly folder: string;
  /** The run's folder. */
  readonly run: string;
  /**
   * Reads the figures of a coordinator with TLS and enrolment, by name with labels, such as
   * `gaitway_refusals_total{reason="flood"}`.
   */
  readonly figures: () => Promise<Figures>;
  /** Resolves with the exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** What it has said so far. */
  readonly said: () => string;
  /** The most memory that it held so far, in MiB; only on Linux. */
  readonly peakMemory: () => Promise<number>;
  /** Seconds that processors worked for it so far; only on Linux. */
  readonly processorSeconds: () => Promise<number>;
  readonly terminate: () => void;
  readonly kill: () => void;
}

/**
 * Starts `gaitway coordinator` with a study, everything it writes in `folder`.
 *
 * @param options - More of the command's options
 * @throws Error with what it said when it does not open
 */
export async function startCoordinator(
  folder: string,
  study: object,
  ...options: readonly string[]
): Promise<CoordinatorProcess> {
  const { study: file, data } = await writeLoadStudy(folder, study);
  const run = join(folder, 'run');
  const given = [program, 'coordinator', file, '--data', data, '--run', run, '--port', '0', ...options];
  const child = spawn(process.execPath, given, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const opened = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said = `${said}${text}`.slice(-SAID_KEPT);
        const [, url] = /is open at (\S+)/.exec(said) ?? [];
        if (url !== undefined) {
          resolve(url);
        }
      });
    }
    child.once('close', () => {
      reject(new Error(`the coordinator ended before it opened: ${said}`));
    });
  });
  const url = await opened;
  let token: Promise<string> | undefined;
  return {
    url,
    folder,
    run,
    figures: async () => readFigures(url, await (token ??= figuresToken(folder))),
    ended,
    said: () => said,
    peakMemory: () => peakMemoryOf(child.pid),
    processorSeconds: () => processorSecondsOf(child.pid),
    terminate: () => {
      child.kill('SIGTERM');
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

async function peakMemoryOf(pid = 0): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) / 1024;
}

/** Of Linux, in which it tells times. */
const TICKS_PER_SECOND = 100;

async function processorSecondsOf(pid = 0): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
  return ((user ?? NaN) + (system ?? NaN)) / TICKS_PER_SECOND;
}

/** The end of what a coordinator said; it can talk for hours. */
const SAID_KEPT = 10_000;

export type Figures = ReadonlyMap<string, number>;

async function readFigures(url: string, token: string): Promise<Figures> {
  const request = get(`${url}/metrics`, { ca: trusted, headers: { authorization: `Bearer ${token}` } });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  const text = (await answer.setEncoding('utf8').toArray()).join('');
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

/** The samples of one metric, by the value of its one label. */
export function byLabel(figures: Figures, metric: string): Readonly<Record<string, number>> {
  const samples = [...figures].filter(([name]) => name.startsWith(`${metric}{`));
  return Object.fromEntries(samples.map(([name, value]) => [/="([^"]*)"\}$/.exec(name)?.[1] ?? name, value]));
}

/** Resident memory in MiB. */
export function residentMemory(figures: Figures): number {
  return (figures.get('process_resident_memory_bytes') ?? NaN) / 2 ** 20;
}
