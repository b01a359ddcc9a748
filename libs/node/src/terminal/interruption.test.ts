import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';

/** A program that prints what it is interrupted with, and otherwise ignores it. */
const program = `
  import { interruptionSignal } from ${JSON.stringify(new URL('../../dist/terminal/interruption.js', import.meta.url))};
  const signal = interruptionSignal();
  signal.addEventListener('abort', () => console.log(signal.reason.name));
  setInterval(() => undefined, 1000);
  console.log('ready');
`;

it.each([
  ['SIGINT', 'SIGINT'],
  ['SIGTERM', 'SIGTERM'],
  ['SIGINT', 'SIGTERM'],
] as const)('after %s the command may end in good order, after another %s it ends at once', async (first, second) => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const closed = once(child, 'close');
  child.stdout.setEncoding('utf8');
  expect(await once(child.stdout, 'data')).toEqual(['ready\n']);
  child.kill(first);
  expect(await once(child.stdout, 'data')).toEqual(['Interrupted\n']);
  child.kill(second);
  expect(await closed).toEqual([130, null]);
});
