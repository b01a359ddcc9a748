/** The command line with all sub-commands, and how a failure is described for whoever started the command. */

import { clientCommand, ledgerCommand, StudyRefused } from '@gaitway/client';
import { coordinatorCommand } from '@gaitway/coordinator';
import { InvalidInput, StudyStopped } from '@gaitway/core';
import { gaitwayVersion, Interrupted } from '@gaitway/node';
import { Command } from 'commander';
import { auditCommand } from './commands/audit.js';
import { baselineCommand } from './commands/baseline.js';
import { compareCommand } from './commands/runs/compare.js';
import { demoCommand } from './commands/demo.js';
import { doctorCommand } from './commands/doctor.js';
import { enrolCommand } from './commands/enrol.js';
import { experimentCommand } from './commands/experiment.js';
import { initCommand } from './commands/init.js';
import { inspectCommand } from './commands/inspect.js';
import { logsCommand } from './commands/runs/logs.js';
import { evaluateCommand } from './commands/models/evaluate.js';
import { exportCommand } from './commands/models/export.js';
import { predictCommand } from './commands/models/predict.js';
import { nativeCommand } from './commands/native.js';
import { pauseCommand } from './commands/runs/pause.js';
import { privacyCommand } from './commands/privacy.js';
import { reportCommand } from './commands/runs/report.js';
import { resumeCommand } from './commands/runs/resume.js';
import { revokeCommand } from './commands/revoke.js';
import { runsCommand } from './commands/runs/runs.js';
import { simulateCommand } from './commands/simulate.js';
import { stopCommand } from './commands/runs/stop.js';
import { trackCommand } from './commands/runs/track.js';
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
    privacyCommand(),
    auditCommand(),
    experimentCommand(),
    predictCommand(),
    evaluateCommand(),
    exportCommand(),
    coordinatorCommand(),
    clientCommand(),
    enrolCommand(),
    revokeCommand(),
    ledgerCommand(),
    runsCommand(),
    reportCommand(),
    compareCommand(),
    trackCommand(),
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

export interface Failure {
  readonly message: string;
  /** 1: failed, 2: invalid input or a study that the client's policy refuses, 3: the study could not go on, 130: interrupted. */
  readonly exitCode: 1 | 2 | 3 | 130;
}

export function describeFailure(error: unknown): Failure {
  if (error instanceof InvalidInput) {
    return { message: error.message, exitCode: 2 };
  }
  if (error instanceof StudyRefused) {
    return { message: error.message, exitCode: 2 };
  }
  if (error instanceof StudyStopped) {
    return { message: `The study stopped: ${error.message}`, exitCode: 3 };
  }
  if (error instanceof Interrupted) {
    return {
      message: 'Interrupted. A run that had begun keeps its finished rounds or steps in its folder.',
      exitCode: 130,
    };
  }
  return { message: error instanceof Error ? error.message : String(error), exitCode: 1 };
}
