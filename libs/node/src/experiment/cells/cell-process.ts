/** The process of a cell: the `gaitway` command as a user at a terminal would start it. */

import { spawn } from 'node:child_process';

export interface CellProcess {
  /** The script of the `gaitway` command. */
  readonly program: string;
  readonly args: readonly string[];
  /** Ends the process when it aborts. */
  readonly signal: AbortSignal;
}

/** Time in milliseconds that a process has to end by itself after it was asked to. */
const GRACE = 10_000;
/** Number of characters of a process's last output that are kept. */
const KEPT = 2000;

/**
 * Runs a cell's process until it ends.
 *
 * @returns The reason of its failure, as the process reported it; undefined when it succeeded.
 * @throws The signal's reason when it aborts, once the process has ended.
 */
export async function runCellProcess({ program, args, signal }: CellProcess): Promise<string | undefined> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-KEPT);
  });
  const end = (): void => {
    child.kill('SIGINT');
    const impatience = setTimeout(() => child.kill('SIGKILL'), GRACE);
    child.once('close', () => {
      clearTimeout(impatience);
    });
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    const ending = await endOf(child);
    signal.throwIfAborted();
    return ending === undefined ? undefined : `${ending}: ${said.trim() || 'it said nothing'}`;
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** How a process ended; undefined when it succeeded. */
function endOf(child: ReturnType<typeof spawn>): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve(code === 0 ? undefined : (signal ?? `exit code ${code ?? '?'}`));
    });
  });
}
