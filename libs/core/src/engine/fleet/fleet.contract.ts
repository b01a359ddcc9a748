/** What every fleet keeps, however it reaches its clients. Call it in a test file with a way to open a fleet. */

import { afterEach, describe, expect, it } from 'vitest';
import { ClientFailure } from '../../errors.js';
import { digestBytes } from '../../math/digest.js';
import { contractEvaluation, contractRevelation, packedEchoes } from '../../testing/contract-participant.js';
import type { TrainTask } from '../../train/task.js';
import type { ClientId, Fleet } from './fleet.js';

export interface FleetUnderTest {
  readonly fleet: Fleet;
  close(): Promise<void>;
}

const never = new AbortController().signal;

/** Bit patterns that careless transports change: signed zero, subnormals, NaN, infinities, all 24 bits of a fraction. */
const parameters = Float32Array.of(0, -0, 1.5, -2.25, 1 / 3, 1e-45, -1e-40, 3.4028235e38, NaN, Infinity, -Infinity, 1);

function trainTask(stage: string, changes: Partial<TrainTask> = {}): TrainTask {
  return { kind: 'train', stage, round: 3, parameters, ...changes };
}

/**
 * @param name - For the tests' names
 * @param open - A fleet in which `contractParticipant` answers under each of the names
 * @param evaluates - Whether its clients evaluate, and answer any message of secure aggregation; those of strangers refuse
 *   what no study plans
 */
export function fleetContract(
  name: string,
  open: (clients: readonly ClientId[]) => Promise<FleetUnderTest>,
  { evaluates = true }: { readonly evaluates?: boolean } = {},
): void {
  describe(`${name} as a fleet`, () => {
    let opened: FleetUnderTest | undefined;
    const openFleet = async (...clients: readonly ClientId[]): Promise<Fleet> => {
      opened = await open(clients);
      await opened.fleet.waitForClients(clients.length, never);
      return opened.fleet;
    };
    afterEach(async () => {
      await opened?.close();
      opened = undefined;
    });

    it('lists its clients sorted by name', async () => {
      const fleet = await openFleet('cid', 'ann', 'ben');
      expect(fleet.available()).toEqual(['ann', 'ben', 'cid']);
    });

    it('does not find more clients than there are, and stops waiting when told', async () => {
      const fleet = await openFleet('ann');
      const stop = new AbortController();
      const waiting = fleet.waitForClients(2, stop.signal);
      stop.abort(new Error('enough'));
      await expect(waiting).rejects.toThrow();
    });

    it('carries parameters there and back bit by bit', async () => {
      const fleet = await openFleet('ann');
      const reply = await fleet.ask('ann', trainTask('echo'), never);
      expect(reply).toEqual({
        kind: 'train',
        stage: 'echo',
        round: 3,
        delta: parameters,
        examples: 60,
        summary: { windows: 90, accepted: [60, 0], loss: 0.1 },
      });
      expect(await digestBytes((reply as { delta: Float32Array }).delta)).toBe(await digestBytes(parameters));
    });

    it('carries a view on parameters as if it were alone', async () => {
      const fleet = await openFleet('ann');
      const surrounded = Float32Array.of(5, ...parameters, 5);
      const reply = await fleet.ask('ann', trainTask('echo', { parameters: surrounded.subarray(1, -1) }), never);
      expect(reply).toHaveProperty('delta', parameters);
    });

    it.each(Object.keys(packedEchoes))('carries an update in another form: %s', async (stage) => {
      const fleet = await openFleet('ann');
      const reply = await fleet.ask('ann', trainTask(stage), never);
      expect(reply).toHaveProperty('delta', packedEchoes[stage]!(parameters));
    });

    it('carries a teacher, to each client and in each round', async () => {
      const fleet = await openFleet('ann', 'ben');
      const teacher = { digest: await digestBytes(parameters), parameters };
      for (const round of [1, 2]) {
        for (const client of ['ann', 'ben']) {
          const task = trainTask('echo-teacher', { round, teacher, parameters: parameters.map(() => round) });
          expect(await fleet.ask(client, task, never)).toHaveProperty('delta', parameters);
        }
      }
    });

    it('carries abstentions', async () => {
      const fleet = await openFleet('ann');
      const reason = 'the teacher was sure of nothing';
      expect(await fleet.ask('ann', trainTask('abstain'), never)).toEqual({
        kind: 'abstain',
        stage: 'abstain',
        round: 3,
        reason,
        windows: 12,
      });
    });

    it.runIf(evaluates)('carries evaluations', async () => {
      const fleet = await openFleet('ann');
      const task = { kind: 'evaluate', stage: 'echo', round: 3, parameters } as const;
      expect((await fleet.ask('ann', task, never)).evaluation).toEqual(contractEvaluation);
    });

    it.runIf(evaluates)('carries messages of secure aggregation', async () => {
      const fleet = await openFleet('ann');
      const message = { kind: 'survivors', members: ['ann', 'ben'] };
      const task = { kind: 'aggregation', stage: 'echo', round: 3, attempt: 2 ** 53 - 1, message } as const;
      const reply = await fleet.ask('ann', task, never);
      expect(reply).toEqual({ kind: 'aggregation', stage: 'echo', round: 3, message: contractRevelation });
    });

    it("reports a client's failure with its name and reason, and goes on", async () => {
      const fleet = await openFleet('ann', 'ben');
      const failure = await fleet.ask('ben', trainTask('fail'), never).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ClientFailure);
      expect(failure).toMatchObject({ client: 'ben', message: expect.stringContaining('its battery is empty') });
      expect(await fleet.ask('ann', trainTask('echo'), never)).toHaveProperty('kind', 'train');
      expect(await fleet.ask('ben', trainTask('echo'), never)).toHaveProperty('kind', 'train');
    });

    it('reports a client that is not there', async () => {
      const fleet = await openFleet('ann');
      await expect(fleet.ask('zoe', trainTask('echo'), never)).rejects.toBeInstanceOf(ClientFailure);
    });

    it('asks one client while another is still at work', async () => {
      const fleet = await openFleet('ann', 'ben');
      const stop = new AbortController();
      const waiting = fleet.ask('ann', trainTask('wait'), stop.signal);
      expect(await fleet.ask('ben', trainTask('echo'), never)).toHaveProperty('kind', 'train');
      stop.abort(new Error('enough'));
      await expect(waiting).rejects.toThrow();
    });

    it('rejects as soon as the signal aborts, though the client goes on', async () => {
      const fleet = await openFleet('ann');
      const stop = new AbortController();
      const waiting = fleet.ask('ann', trainTask('deaf'), stop.signal);
      stop.abort(new Error('enough'));
      await expect(waiting).rejects.toThrow();
    });

    it('rejects at once when the signal had aborted before', async () => {
      const fleet = await openFleet('ann');
      await expect(fleet.ask('ann', trainTask('echo'), AbortSignal.abort(new Error('enough')))).rejects.toThrow();
    });

    it('asks a client again after it was stopped', async () => {
      const fleet = await openFleet('ann');
      const stop = new AbortController();
      const waiting = fleet.ask('ann', trainTask('wait'), stop.signal);
      stop.abort(new Error('enough'));
      await expect(waiting).rejects.toThrow();
      expect(await fleet.ask('ann', trainTask('echo'), never)).toHaveProperty('kind', 'train');
    });
  });
}
