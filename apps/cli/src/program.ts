/** The command line with all sub-commands. */

import { clientCommand } from '@gaitway/client';
import { coordinatorCommand } from '@gaitway/coordinator';
import { gaitwayVersion } from '@gaitway/node';
import { Command } from 'commander';
import { baselineCommand } from './commands/baseline.js';
import { demoCommand } from './commands/demo.js';
import { doctorCommand } from './commands/doctor.js';
import { experimentCommand } from './commands/experiment.js';
import { initCommand } from './commands/init.js';
import { inspectCommand } from './commands/inspect.js';
import { logsCommand } from './commands/logs.js';
import { nativeCommand } from './commands/native.js';
import { pauseCommand } from './commands/pause.js';
import { resumeCommand } from './commands/resume.js';
import { runsCommand } from './commands/runs.js';
import { simulateCommand } from './commands/simulate.js';
import { stopCommand } from './commands/stop.js';
import { trainCommand } from './commands/train.js';
import { tuneCommand } from './commands/tune.js';

export function createProgram(): Command {
  const commands = [
    demoCommand(),
    initCommand(),
    inspectCommand(),
    simulateCommand(),
    baselineCommand(),
    trainCommand(),
    tuneCommand(),
    experimentCommand(),
    coordinatorCommand(),
    clientCommand(),
    runsCommand(),
    logsCommand(),
    stopCommand(),
    pauseCommand(),
    resumeCommand(),
    doctorCommand(),
    nativeCommand(),
  ];
  const program = new Command('gaitway')
    .description('Recognises human activity from motion sensors, learning from people who never hand over their data.')
    .version(gaitwayVersion);
  for (const command of commands) {
    program.addCommand(command);
  }
  // Makes commander throw usage errors, so that main decides on the exit code.
  for (const command of [program, ...commands, ...commands.flatMap((parent) => parent.commands)]) {
    command.exitOverride();
  }
  return program;
}
