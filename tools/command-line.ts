/** Command lines of the tools: what is wrong with one is said in a line, with the usage, and not by a stack. */

import { InvalidInput } from '@gaitway/core';
import { parseArgs, type ParseArgsConfig } from 'node:util';

type Parsed<Config extends ParseArgsConfig> = ReturnType<typeof parseArgs<Config>>;

/**
 * Options and positionals of a command line.
 *
 * @param tool - Its name, for errors
 * @throws InvalidInput for options that the tool does not have, or that lack their value.
 */
export function readCommandLine<const Config extends ParseArgsConfig>(tool: string, config: Config): Parsed<Config> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new InvalidInput(tool, [{ path: '', message: error instanceof Error ? error.message : String(error) }]);
  }
}

/** Runs a tool. An input that it cannot take ends with exit code 2, the reason and how the tool is used. */
export async function runTool(usage: string, tool: () => Promise<void>): Promise<void> {
  try {
    await tool();
  } catch (error) {
    if (!(error instanceof InvalidInput)) {
      throw error;
    }
    console.error(`${error.message}\n${usage}`);
    process.exitCode = 2;
  }
}
