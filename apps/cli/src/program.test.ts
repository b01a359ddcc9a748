import { InvalidInput, StudyStopped } from '@gaitway/core';
import { gaitwayVersion, Interrupted } from '@gaitway/node';
import { describe, expect, it } from 'vitest';
import { describeFailure } from './failure.js';
import { commandNames, createProgram } from './program.js';
import { gaitway } from './testing/gaitway-process.js';

describe('the command line', () => {
  it('tells its version', async () => {
    expect(await gaitway('--version')).toEqual({ code: 0, stdout: `${gaitwayVersion}\n`, stderr: '' });
  });

  it('ends with 2 for an option or a command that there is not', async () => {
    expect(await gaitway('inspect', '.', '--jsno')).toEqual({
      code: 2,
      stdout: '',
      stderr: "error: unknown option '--jsno'\n(Did you mean --json?)\n",
    });
    expect(await gaitway('simulat')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean simulate?'),
    });
  });

  it('has an example for each command', async () => {
    const program = await createProgram(commandNames);
    for (const command of program.commands) {
      let help = '';
      command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
      expect(help).toContain(`\nExample:\n  $ gaitway ${command.name()}`);
    }
  });
});

describe('a failure', () => {
  it.each<[unknown, number, string]>([
    [
      new InvalidInput('study.yaml', [{ path: 'seed', message: 'expected a number' }]),
      2,
      'study.yaml: seed: expected a number',
    ],
    [new StudyStopped('nobody came'), 3, 'The study stopped: nobody came'],
    [
      new Interrupted('SIGINT'),
      130,
      'Interrupted. A run that had begun keeps its finished rounds or steps in its folder.',
    ],
    [new TypeError('a bug'), 1, 'a bug'],
    ['only text', 1, 'only text'],
  ])('%s ends with %i', (error, exitCode, message) => {
    expect(describeFailure(error)).toEqual({ message, exitCode });
  });
});
