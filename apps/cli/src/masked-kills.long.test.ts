import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startGaitway, type GaitwayProcess } from './testing/gaitway-process.js';
import { bitsOf, joinAs, names, writeStudy } from './testing/small-federation.js';

/** What a client sends in the phases of a masked round. */
const phases = ['key-offer', 'share-offer', 'masked-input', 'survivor-signature', 'revelation'] as const;

interface Served {
  readonly run: string;
  readonly url: string;
  readonly coordinator: GaitwayProcess;
  readonly startAgain: () => GaitwayProcess;
}

async function serve(rounds: number, clients: number): Promise<Served> {
  const cohort = { minimum: clients, quorum: 3 };
  const place = await writeStudy({ rounds, cohort, secureAggregation: {} }, clients);
  const run = join(place.folder, 'run');
  const start = (port: string): GaitwayProcess =>
    startGaitway('coordinator', place.study, '--data', place.data, '--run', run, '--backend', 'cpu', '--port', port);
  const coordinator = start('0');
  const [, url = ''] = await coordinator.says(/is open at (\S+)/);
  return { run, url, coordinator, startAgain: () => start(new URL(url).port) };
}

describe('a masked study', () => {
  it('comes to the same bits when its coordinator is killed in each phase of a round', async () => {
    const undisturbed = await serve(2, 3);
    names.forEach((name) => joinAs(undisturbed.url, name));
    expect(await undisturbed.coordinator.ended).toMatchObject({ code: 0 });

    const killed = await serve(2, 3);
    let { coordinator } = killed;
    let onAnswer: (kind: string) => void = () => undefined;
    names.forEach((name) =>
      joinAs(
        killed.url,
        name,
        name === 'ben'
          ? {
              onAnswer: (kind) => {
                onAnswer(kind);
              },
            }
          : {},
      ),
    );
    for (const phase of phases) {
      await new Promise<void>((resolve) => {
        onAnswer = (kind) => {
          if (kind === phase) {
            resolve();
          }
        };
      });
      coordinator.kill();
      await coordinator.ended;
      coordinator = killed.startAgain();
    }
    expect(await coordinator.ended).toMatchObject({ code: 0 });
    expect(await bitsOf(killed.run)).toEqual(await bitsOf(undisturbed.run));
  });

  it('goes on without a client that is killed in each phase of its rounds, and with it in the next ones', async () => {
    const { run, url, coordinator } = await serve(phases.length, 5);
    const others = [...names, 'dot'] as const;
    others.forEach((name) => joinAs(url, name));
    const left = [...phases];
    const joinUntilKilled = (): void => {
      const eve = joinAs(url, 'eve', {
        onAnswer: (reply) => {
          if (reply === left[0]) {
            left.shift();
            eve.leave();
            joinUntilKilled();
          }
        },
      });
    };
    joinUntilKilled();
    expect(await coordinator.ended).toMatchObject({ code: 0 });
    const { rounds } = (await bitsOf(run)) as { readonly rounds: readonly Round[] };
    expect(rounds.filter(({ stage }) => stage === 'student').map(({ phase }) => phase)).toEqual(
      phases.map(() => 'completed'),
    );
    expect(left).toEqual([]);
  });
});

interface Round {
  readonly stage: string;
  readonly phase: string;
}
