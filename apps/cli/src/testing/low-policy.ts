/** The policy of clients whose recordings are nobody's: small studies with few windows and steps pass. */

import { lowestFloors } from '@gaitway/client';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes it among the recordings, where each client finds it. */
export async function writeLowPolicy(recordings: string): Promise<void> {
  await writeFile(join(recordings, 'policy.yaml'), JSON.stringify(lowestFloors));
}
