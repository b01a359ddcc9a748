import { gaitwayVersion } from '@gaitway/node';
import { describe, expect, it } from 'vitest';
import { createProgram } from './program.js';
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

  it('has an example for each command', () => {
    for (const command of createProgram().commands) {
      let help = '';
      command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
      expect(help).toContain(`\nExample:\n  $ gaitway ${command.name()}`);
    }
  });
});
