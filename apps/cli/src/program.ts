/** The command line: what each sub-command is for, and where it is. */

import { gaitwayVersion } from '@gaitway/node/version';
import { Command } from 'commander';

interface SubCommand {
  readonly name: string;
  readonly description: string;
  /** Imports what the sub-command needs. @returns what gives it arguments, options and an action */
  readonly load: () => Promise<(command: Command) => Command>;
}

const subCommands: readonly SubCommand[] = [
  {
    name: 'demo',
    description: 'a whole federated study on this machine: a coordinator, four client processes, synthetic people',
    load: async () => (await import('./commands/demo.js')).demoCommand,
  },
  {
    name: 'init',
    description: 'write a commented study file; with --data, also a manifest of its files',
    load: async () => (await import('./commands/init.js')).initCommand,
  },
  {
    name: 'inspect',
    description: 'tell what a data folder holds: people, hours, rates, gaps, units, labels, suspect recordings',
    load: async () => (await import('./commands/inspect.js')).inspectCommand,
  },
  {
    name: 'simulate',
    description: 'run a study with simulated clients: each person or site of a data folder is one',
    load: async () => (await import('./commands/simulate.js')).simulateCommand,
  },
  {
    name: 'baseline',
    description: "tell what classical methods reach on a study's test people, with its labels and with everybody's",
    load: async () => (await import('./commands/baseline.js')).baselineCommand,
  },
  {
    name: 'train',
    description: 'run a pipeline of SelfHAR, or train several tasks, on one machine and on the recordings of everybody',
    load: async () => (await import('./commands/train.js')).trainCommand,
  },
  {
    name: 'tune',
    description: 'tell which recipe the labelled people of a study choose: each is held out in turn',
    load: async () => (await import('./commands/tune.js')).tuneCommand,
  },
  {
    name: 'privacy',
    description:
      'tell what a private study reveals about a person, what its noise does to the model, and what would help',
    load: async () => (await import('./commands/privacy.js')).privacyCommand,
  },
  {
    name: 'audit',
    description: 'attack the models of a finished simulation, and bound its epsilon from below with canaries',
    load: async () => (await import('./commands/audit.js')).auditCommand,
  },
  {
    name: 'experiment',
    description: 'compare methods on several splits, label budgets and seeds; started again, it resumes',
    load: async () => (await import('./commands/experiment.js')).experimentCommand,
  },
  {
    name: 'predict',
    description: 'tell the activity of each window of new recordings, as CSV, and how long each person did what',
    load: async () => (await import('./commands/models/predict.js')).predictCommand,
  },
  {
    name: 'evaluate',
    description: 'tell all figures of a model on labelled recordings',
    load: async () => (await import('./commands/models/evaluate.js')).evaluateCommand,
  },
  {
    name: 'export',
    description: 'write a model as ONNX or for TensorFlow.js: it takes windows in g, and all else is inside',
    load: async () => (await import('./commands/models/export.js')).exportCommand,
  },
  {
    name: 'coordinator',
    description: 'launch the service of one study or several: waits for clients, runs the stages, writes the run',
    load: async () => (await import('@gaitway/coordinator')).coordinatorCommand,
  },
  {
    name: 'client',
    description: "take part in a coordinator's study with the recordings of a folder, which never leave this machine",
    load: async () => (await import('@gaitway/client')).clientCommand,
  },
  {
    name: 'enrol',
    description:
      'make a code with which a client, once, gives its key to the coordinator and learns whom to trust; or an access token for the pages of the coordinator',
    load: async () => (await import('./commands/enrol.js')).enrolCommand,
  },
  {
    name: 'revoke',
    description:
      'revoke the key of a client, so that a running coordinator ends its connection and it cannot come back; or an access token',
    load: async () => (await import('./commands/revoke.js')).revokeCommand,
  },
  {
    name: 'ledger',
    description: 'what has left a client',
    load: async () => (await import('@gaitway/client')).ledgerCommand,
  },
  {
    name: 'runs',
    description: 'list the runs in a folder: status, last round, figure; times are in UTC',
    load: async () => (await import('./commands/runs/runs.js')).runsCommand,
  },
  {
    name: 'report',
    description: 'write report.html of a run again from its folder, or of a run that was interrupted as far as it came',
    load: async () => (await import('./commands/runs/report.js')).reportCommand,
  },
  {
    name: 'compare',
    description: 'set runs against the first one: figures on the same people, learning curves, settings that differ',
    load: async () => (await import('./commands/runs/compare.js')).compareCommand,
  },
  {
    name: 'track',
    description: 'show a run in TensorBoard or MLflow, from what is in its folder',
    load: async () => (await import('./commands/runs/track.js')).trackCommand,
  },
  {
    name: 'logs',
    description: 'print the log of a run; times are in UTC',
    load: async () => (await import('./commands/runs/logs.js')).logsCommand,
  },
  {
    name: 'stop',
    description: 'stop a run so that it can be resumed: its finished rounds are kept, its clients come back',
    load: async () => (await import('./commands/runs/stop.js')).stopCommand,
  },
  {
    name: 'pause',
    description: 'pause a run after the current round, until "gaitway resume"; its clients stay connected',
    load: async () => (await import('./commands/runs/pause.js')).pauseCommand,
  },
  {
    name: 'resume',
    description: 'resume a paused run',
    load: async () => (await import('./commands/runs/resume.js')).resumeCommand,
  },
  {
    name: 'doctor',
    description: 'tell which backend runs here, how fast a training step is, and how to get a faster one',
    load: async () => (await import('./commands/doctor.js')).doctorCommand,
  },
  {
    name: 'native',
    description: 'install the fast backend, TensorFlow',
    load: async () => (await import('./commands/native.js')).nativeCommand,
  },
];

/** The names of all sub-commands. */
export const commandNames: readonly string[] = subCommands.map(({ name }) => name);

/**
 * The command line for the words of a call. Only a sub-command whose name is among them is loaded: to load all takes ten
 * times as long as to print the help. A usage error is thrown, so that whoever calls decides on the exit code.
 */
export async function createProgram(words: readonly string[]): Promise<Command> {
  const program = new Command('gaitway')
    .description('Recognises human activity from motion sensors, learning from people who never hand over their data.')
    .version(gaitwayVersion)
    .exitOverride();
  for (const { name, description, load } of subCommands) {
    const command = program.command(name).description(description);
    if (words.includes(name)) {
      const define = await load();
      define(command);
    }
  }
  return program;
}
