import type { RoundReport } from '@gaitway/core';
import { describe, expect, it } from 'vitest';
import { joinBare } from '../testing/bare-client.js';
import { openService, smallStudy } from '../testing/open-service.js';

const report = {
  phase: 'completed',
  stage: 'student',
  clients: [
    { client: 'ann', outcome: 'answered', examples: 1, staleness: 2, summary: { windows: 1, loss: 1 } },
    { client: 'ben', outcome: 'failed', reason: 'it left' },
  ],
} as unknown as RoundReport;

async function metricsOf(url: string): Promise<readonly string[]> {
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return (await response.text()).split('\n');
}

describe('the pages of a coordinator', () => {
  it('say that it is alive, and whether it waits, runs or has stopped', async () => {
    const service = await openService();
    const ready = async (): Promise<unknown> => {
      const response = await fetch(`${service.url}/ready`);
      return { code: response.status, ...((await response.json()) as object) };
    };
    expect(await (await fetch(`${service.url}/health`)).json()).toEqual({ status: 'alive' });
    const waiting = service.fleet.waitForClients(1, new AbortController().signal);
    expect(await ready()).toEqual({ code: 200, study: 'first-study', status: 'waiting', clients: 0 });
    await joinBare(service.url, smallStudy, 'ann');
    await waiting;
    expect(await ready()).toEqual({ code: 200, study: 'first-study', status: 'running', clients: 1 });
    service.announceEnd({ reason: 'enough', finished: false });
    expect(await ready()).toMatchObject({ code: 503, status: 'stopped' });
  });

  it('give the figures of clients, rounds and bytes', async () => {
    const service = await openService();
    await joinBare(service.url, smallStudy, 'ann');
    const ben = await joinBare(service.url, smallStudy, 'ben');
    ben.destroy();
    await service.event('left');
    service.noteRound(report);
    const lines = await metricsOf(service.url);
    const { bytesDown, bytesUp } = service.traffic();
    expect(lines).toEqual(
      expect.arrayContaining([
        '# TYPE gaitway_clients gauge',
        'gaitway_clients 1',
        'gaitway_clients_joined_total 2',
        'gaitway_clients_left_total{cause="broke"} 1',
        'gaitway_rounds_total{stage="student",outcome="completed"} 1',
        'gaitway_round_clients_total{stage="student",outcome="answered"} 1',
        'gaitway_round_clients_total{stage="student",outcome="failed"} 1',
        'gaitway_round_seconds_count 1',
        'gaitway_update_staleness_sum 2',
        'gaitway_update_staleness_count 1',
        `gaitway_message_bytes_total{direction="down"} ${bytesDown}`,
        `gaitway_message_bytes_total{direction="up"} ${bytesUp}`,
        expect.stringMatching(/^process_resident_memory_bytes \d{8,}$/),
      ]),
    );
    const sample = /^(#.*|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? \d+(\.\d+)?(e-\d+)?|)$/;
    expect(lines.filter((line) => !sample.test(line))).toEqual([]);
  });

  it('are for reading only', async () => {
    const { url } = await openService();
    expect((await fetch(`${url}/health`, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${url}/health?probe=1`, { method: 'HEAD' })).status).toBe(200);
  });
});
