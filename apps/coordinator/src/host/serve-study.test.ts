import { InvalidInput, studyDigest, type TrainTask } from '@gaitway/core';
import { describe, expect, it } from 'vitest';
import { serveStudy } from './serve-study.js';
import { connectBare, joinBare, joinOf } from '../testing/bare-client.js';
import { openService, smallStudy } from '../testing/open-service.js';

const never = new AbortController().signal;

describe('a study that is served', () => {
  it('welcomes a client with all that it needs to know', async () => {
    const { url } = await openService();
    const client = await connectBare(url);
    await client.introduce('ann');
    expect(await client.hear('welcome')).toEqual({
      kind: 'welcome',
      study: JSON.parse(JSON.stringify(smallStudy)),
      studyDigest: await studyDigest(smallStudy),
      normalisation: { mean: [0.5], standardDeviation: [2] },
    });
  });

  it('counts a client in when it joins, not before', async () => {
    const { url, fleet, events } = await openService();
    const client = await connectBare(url);
    await client.introduce('ann');
    await client.hear('welcome');
    expect(fleet.available()).toEqual([]);
    client.say(await joinOf(smallStudy, { windows: 300 }));
    await client.hear('joined');
    expect(fleet.available()).toEqual(['ann']);
    expect(events).toEqual([{ kind: 'joined', client: 'ann', windows: 300 }]);
  });

  it('waits for clients until they have joined', async () => {
    const { url, fleet } = await openService();
    const waiting = fleet.waitForClients(2, never).then(() => fleet.available());
    await joinBare(url, smallStudy, 'ben');
    await joinBare(url, smallStudy, 'ann');
    expect(await waiting).toEqual(['ann', 'ben']);
  });

  it('counts a client out when it leaves, and in again when it comes back', async () => {
    const service = await openService();
    const client = await joinBare(service.url, smallStudy, 'ann');
    client.destroy();
    expect(await service.event('left')).toMatchObject({ client: 'ann', reason: 'its connection was closed' });
    expect(service.fleet.available()).toEqual([]);
    await joinBare(service.url, smallStudy, 'ann');
    expect(service.fleet.available()).toEqual(['ann']);
  });

  it('lets a client that proves its key take the place of a connection that is not yet found dead', async () => {
    const service = await openService();
    const old = await joinBare(service.url, smallStudy, 'ann');
    const back = await joinBare(service.url, smallStudy, 'ann');
    await old.gone;
    expect(service.events).toEqual([
      { kind: 'joined', client: 'ann' },
      { kind: 'left', client: 'ann', reason: 'it came back on a new connection' },
      { kind: 'joined', client: 'ann' },
    ]);
    const task: TrainTask = { kind: 'train', stage: 'student', round: 1, parameters: new Float32Array(8) };
    const asking = service.fleet.ask('ann', task, never).catch(() => undefined);
    expect((await back.hearTask()).task).toEqual(task);
    back.destroy();
    await asking;
  });

  it('counts the bytes of all messages', async () => {
    const service = await openService();
    const { url } = service;
    const ann = await joinBare(url, smallStudy, 'ann');
    const ben = await joinBare(url, smallStudy, 'ben');
    const [a, b] = [ann.bytes(), ben.bytes()];
    expect(a.heard).toBeGreaterThan(500);
    expect(service.traffic()).toEqual({ bytesDown: a.heard + b.heard, bytesUp: a.sent + b.sent });
  });

  it('tells everybody that it is over, also those who come later', async () => {
    const service = await openService();
    const { url } = service;
    const joined = await joinBare(url, smallStudy, 'ann');
    const welcomed = await connectBare(url);
    await welcomed.introduce('ben');
    await welcomed.hear('welcome');
    service.announceEnd({ reason: 'all rounds are done', finished: true });
    const goodbye = { kind: 'goodbye', reason: 'all rounds are done', finished: true };
    expect(await joined.hear('goodbye')).toEqual(goodbye);
    expect(await welcomed.hear('goodbye')).toEqual(goodbye);
    const late = await connectBare(url);
    await late.introduce('cid');
    expect(await late.hear('goodbye')).toEqual(goodbye);
  });

  it('sends what was said last before it closes', async () => {
    const service = await openService();
    const client = await joinBare(service.url, smallStudy, 'ann');
    service.announceEnd({ reason: 'stopped', finished: false });
    await service[Symbol.asyncDispose]();
    expect(await client.hear('goodbye')).toMatchObject({ finished: false });
    await client.gone;
  });

  it('says what it is to a browser', async () => {
    const { url } = await openService();
    const response = await fetch(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('the coordinator of the Gaitway study "first-study"');
  });

  it('does not open on a port that is in use', async () => {
    const { url } = await openService();
    const second = serveStudy({
      study: smallStudy,
      studyDigest: await studyDigest(smallStudy),
      normalisation: null,
      host: '127.0.0.1',
      port: Number(new URL(url).port),
      onEvent: () => undefined,
    });
    await expect(second).rejects.toThrow(InvalidInput);
    await expect(second).rejects.toThrow(/coordinator: 127\.0\.0\.1:\d+: expected a free port/);
  });
});
