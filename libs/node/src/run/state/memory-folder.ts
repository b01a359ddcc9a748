/** Stores what clients keep from round to round in files: a folder for each client, with a folder for each stage. */

import { InvalidInput } from '@gaitway/core';
import { parseInput } from '@gaitway/core/internal';
import { roundsToKeep, type ClientMemory, type ClientState } from '@gaitway/core/train';
import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { readBytes, readWhereThere } from '../../files/read-file.js';
import { seal, unseal } from '../../files/sealed-file.js';

const FORMAT = 'gaitway-memory-2';
const FILE = /^(\d+)\.memory$/;

/** What a client has learned by itself is private to it. */
const OWNER_ONLY = 0o600;

const floats = z.instanceof(Float32Array).exactOptional();
const schema: z.ZodType<ClientState> = z.strictObject({ control: floats, residual: floats, personal: floats });

/**
 * The folder of one client among those of others. It is a hash, because names of clients may contain characters that
 * file names must not.
 */
export function clientFolder(folder: string, client: string): string {
  return join(folder, createHash('sha256').update(client).digest('hex'));
}

/**
 * A client's memory. A state is on the disk when `keep` resolves, completely or not at all; one whose file has changed
 * is reported as damaged.
 *
 * @param folder - Created when there is something to keep
 */
export function memoryInFolder(folder: string): ClientMemory {
  return {
    recall: async (stage, round) => {
      const path = join(folder, stage, fileName(round));
      const bytes = await readWhereThere(path, readBytes);
      return bytes ? stateOf(bytes, path) : 'missing';
    },
    keep: async (place, state) => {
      const own = join(folder, place.stage);
      await mkdir(own, { recursive: true });
      await writeFileAtomically(join(own, fileName(place.round)), await seal(FORMAT, state), { mode: OWNER_ONLY });
      const names = await readdir(own);
      const rounds = names.flatMap((name) => FILE.exec(name)?.[1] ?? []).map(Number);
      const kept = new Set([...roundsToKeep(rounds, place)].map(fileName));
      // Removes all others, including files that a killed process left half written.
      await Promise.all(names.filter((name) => !kept.has(name)).map((name) => rm(join(own, name), { force: true })));
    },
  };
}

function fileName(round: number): string {
  return `${round}.memory`;
}

async function stateOf(bytes: Uint8Array, path: string): Promise<ClientState | 'damaged'> {
  try {
    return parseInput(schema, await unseal(FORMAT, bytes, path), path);
  } catch (error) {
    if (error instanceof InvalidInput) {
      return 'damaged';
    }
    throw error;
  }
}
