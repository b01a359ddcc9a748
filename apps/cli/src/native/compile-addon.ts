/** Compiles tfjs-node's add-on, two C++ files, against TensorFlow's library. */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tfjsNodeIn } from './install-packages.js';
import { runCommand } from './run-command.js';
import type { Tools } from './tools.js';

/** The newest version of Node's C interface that tfjs-node asks for; every Node since 16 has it. */
const NODE_API = 8;

/** Writes the add-on to the place where tfjs-node looks for it. */
export async function compileAddon(folder: string, headers: string, { compiler }: Tools): Promise<void> {
  const tfjsNode = tfjsNodeIn(folder);
  const target = join(tfjsNode, 'lib', `napi-v${NODE_API}`);
  await mkdir(target, { recursive: true });
  const [program = '', ...args] = compiler;
  await runCommand({
    program,
    args: [
      ...args,
      ...['-O2', '-shared', '-fPIC', '-std=c++17', `-DNAPI_VERSION=${NODE_API}`],
      ...[tfjsNode, headers, join(folder, 'node_modules', 'node-api-headers', 'include')].map((path) => `-I${path}`),
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(tfjsNode, 'binding', file)),
      ...[`-L${join(tfjsNode, 'deps', 'lib')}`, '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'],
      // Seen from the add-on, so that the folder can be moved.
      '-Wl,-rpath,$ORIGIN/../../deps/lib',
      ...['-o', join(target, 'tfjs_binding.node')],
    ],
    limitMs: 600_000,
  });
}
