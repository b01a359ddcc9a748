/** The programs that the way over the wheel needs. */

import { findProgram } from './run-command.js';

export interface Tools {
  /** Each a program with its first arguments. */
  readonly pip: readonly string[];
  readonly python: readonly string[];
  readonly compiler: readonly string[];
}

const wanted: Readonly<Record<keyof Tools, readonly string[]>> = {
  pip: ['python3 -m pip', 'python -m pip', 'pip3', 'pip', 'uvx pip'],
  python: ['python3', 'python', 'uv run python'],
  compiler: [...(process.env['CXX'] ? [process.env['CXX']] : []), 'g++', 'c++', 'clang++'],
};

/** Finds all of them. Throws naming every one that is missing. */
export async function findTools(): Promise<Tools> {
  const pip = await findProgram(wanted.pip);
  const python = await findProgram(wanted.python);
  const compiler = await findProgram(wanted.compiler);
  if (!pip || !python || !compiler) {
    const missing = [!pip && 'pip', !python && 'Python', !compiler && 'a C++ compiler'].filter(Boolean).join(', ');
    throw new Error(
      `missing: ${missing}; on Debian and Ubuntu "apt-get install g++ python3-pip" gives all that is needed`,
    );
  }
  return { pip, python, compiler };
}
