/** `gaitway revoke`: takes a client's key away from it, or an access token from its owner. */

import { addOutputOptions, createReporter, type OutputOptions, revoke, type Revocation } from '@gaitway/node';
import type { Command } from 'commander';

interface RevokeOptions extends OutputOptions {
  readonly keys: string;
}

/** Gives the sub-command its arguments, options and action. */
export function revokeCommand(command: Command): Command {
  command
    .argument('<name>', 'name of the client, or of the owner of the token')
    .requiredOption('--keys <dir>', "folder of the coordinator's keys: that of its --keys, or keys in a run's folder")
    .addHelpText('after', '\nExample:\n  $ gaitway revoke ward-3 --keys keys');
  return addOutputOptions(command).action(revokeKey);
}

async function revokeKey(name: string, options: RevokeOptions): Promise<void> {
  const revoked = await revoke(options.keys, name);
  createReporter(options).outcome({ client: name, ...revoked }, revocationText(name, revoked, options));
}

function revocationText(name: string, { key, hadCode, hadToken }: Revocation, { keys }: RevokeOptions): string {
  const taken = [
    ...(key === undefined ? [] : [`its key ${key}`]),
    ...(hadCode ? ['its unused code'] : []),
    ...(hadToken ? ['its access token'] : []),
  ];
  if (key === undefined && !hadCode) {
    return `"${name}" has lost ${taken.join(' and ')}. A running coordinator refuses it from now on.`;
  }
  const wayBack = `Only a new code gives the name to another key: gaitway enrol ${JSON.stringify(name)} --keys ${keys}`;
  return `"${name}" has lost ${taken.join(' and ')}. ${wayBack}`;
}
