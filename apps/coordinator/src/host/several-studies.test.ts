import { InvalidInput, parseStudy, studyDigest, StudyStopped, type Study } from '@gaitway/core';
import { minimalStudy, tiny } from '@gaitway/core/testing/studies';
import { Interrupted } from '@gaitway/node';
import type { Refusal } from '@gaitway/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';
import { refuseUnservable } from './servable-studies.js';
import { serveStudies, type StudyServices } from './serve-study.js';
import { worstError } from '../study/coordinate-studies.js';
import { connectBare, hello, joinBare, type BareClient } from '../testing/bare-client.js';
import { openService, smallStudy } from '../testing/open-service.js';

function named(name: string): Study {
  return parseStudy({ ...minimalStudy, ...tiny, name, stages: 'supervised' });
}

const walks = named('walks');
const steps = named('steps');

async function open(): Promise<StudyServices & { readonly origin: string }> {
  const plans = [walks, steps].map(async (study) => ({
    study,
    studyDigest: await studyDigest(study),
    normalisation: null,
    onEvent: () => undefined,
  }));
  const services = await serveStudies(await Promise.all(plans), { host: '127.0.0.1', port: 0 });
  onTestFinished(() => services[Symbol.asyncDispose]());
  return { ...services, origin: new URL(services.studies[0]!.url).origin };
}

async function page(url: string): Promise<unknown> {
  const response = await fetch(url);
  return { code: response.status, ...((await response.json()) as object) };
}

/** A client that has introduced itself under the path of a study. */
async function introduced(origin: string, path: string): Promise<BareClient> {
  const client = await connectBare(origin, `${path}/socket.io`);
  await client.introduce('ann');
  return client;
}

/** Why a client that says hello under a path is sent away. */
async function refusal(origin: string, path: string): Promise<Refusal> {
  const client = await connectBare(origin, `${path}/socket.io`);
  client.say(hello());
  return client.hear('refusal');
}

describe('several studies at one address', () => {
  it('have a path, a fleet and an end each', async () => {
    const { studies, origin } = await open();
    expect(studies.map(({ url }) => url)).toEqual([`${origin}/walks`, `${origin}/steps`]);
    const walker = await introduced(origin, '/walks');
    expect(await walker.hear('welcome')).toMatchObject({ study: { name: 'walks' } });
    const stepper = await introduced(origin, '/steps');
    expect(await stepper.hear('welcome')).toMatchObject({ study: { name: 'steps' } });
    studies[0]!.announceEnd({ reason: 'done', finished: true });
    expect(await walker.hear('goodbye')).toMatchObject({ reason: 'done' });
    expect(await (await introduced(origin, '/walks')).hear('goodbye')).toMatchObject({ reason: 'done' });
    expect(await page(`${origin}/ready`)).toEqual({
      code: 200,
      studies: [
        { study: 'walks', status: 'finished', clients: 0 },
        { study: 'steps', status: 'running', clients: 0 },
      ],
    });
    expect(await page(`${origin}/walks/ready`)).toMatchObject({ code: 503, study: 'walks' });
    expect(await page(`${origin}/steps/ready?probe`)).toMatchObject({ code: 200, study: 'steps' });
    studies[1]!.notePause('paused');
    expect(await page(`${origin}/steps/ready`)).toMatchObject({ code: 200, status: 'paused' });
    studies[1]!.announceEnd({ reason: 'too few', finished: false });
    expect(await page(`${origin}/ready`)).toMatchObject({
      code: 503,
      studies: [{ status: 'finished' }, { status: 'stopped' }],
    });
  });

  it('send away who looks for another, with the names of those that there are', async () => {
    const { origin } = await open();
    for (const path of ['', '/sleep', '/%zz']) {
      expect(await refusal(origin, path)).toEqual({
        kind: 'refusal',
        reason: 'there is no study at this address, but "walks" at /walks, "steps" at /steps',
      });
    }
    expect(await (await fetch(`${origin}/metrics`)).text()).toContain(
      'gaitway_fallback_refusals_total{reason="no-such-study"} 3\n',
    );
    const response = await fetch(`${origin}/sleep`);
    expect([response.status, await response.text()]).toEqual([
      404,
      'This is the coordinator of the Gaitway studies "walks", "steps". Join one with "gaitway client".\n',
    ]);
  });

  it('have their figures on one page, with a label each', async () => {
    const { origin } = await open();
    await (await introduced(origin, '/steps')).hear('welcome');
    const text = await (await fetch(`${origin}/metrics`)).text();
    expect(text).toContain('gaitway_connections{study="walks"} 0\ngaitway_connections{study="steps"} 1\n');
    expect(text.match(/^# TYPE gaitway_connections gauge$/gm)).toHaveLength(1);
    expect(text).toMatch(/gaitway_message_bytes_total\{study="steps",direction="up"\} [1-9]/);
    expect(text.match(/^process_resident_memory_bytes \d+$/gm)).toHaveLength(1);
    expect(await page(`${origin}/health`)).toEqual({ code: 200, status: 'alive' });
  });
});

it('the only study is at the root, and under its name', async () => {
  const { url } = await openService(smallStudy);
  await joinBare(url, smallStudy, 'ben');
  await (await introduced(url, '/first-study')).hear('welcome');
  expect(await page(`${url}/first-study/ready`)).toMatchObject({ code: 200, study: 'first-study' });
  expect(await refusal(url, '/sleep')).toMatchObject({
    reason: 'there is no study at this address, but "first-study" at /first-study',
  });
  expect(await (await fetch(`${url}/metrics`)).text()).toContain(
    '_fallback_refusals_total{reason="no-such-study"} 1\n',
  );
});

describe('names of studies that are served together', () => {
  const refusal = (...names: readonly string[]): string | undefined => {
    try {
      refuseUnservable(names.map((name, index) => ({ file: `${index}.yaml`, study: named(name) })));
      return undefined;
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidInput);
      return (error as InvalidInput).message;
    }
  };

  it('are parts of an address, no page of the coordinator, and no two the same', () => {
    expect(refusal('walks', 'ward_3.a-b')).toBeUndefined();
    expect(refusal('walks', 'my walks')).toMatch(/^1\.yaml: name: expected letters .*, found "my walks"$/);
    expect(refusal('..')).toContain('found ".."');
    expect(refusal('Metrics')).toMatch(/expected another name than health, login, metrics, .*, found "Metrics"$/);
    expect(refusal('walks', 'Walks')).toBe('1.yaml: name: expected another name than that of 0.yaml, found "Walks"');
  });
});

it('the worst end of several is a failure, then a study that stopped, then an interruption', () => {
  const ends = [new Interrupted('SIGTERM'), new StudyStopped('few'), new InvalidInput('data', []), new Error('bug')];
  const worst = ends.map((_, index) => worstError(ends.slice(0, index + 1).map((error) => ({ study: 's', error }))));
  expect(worst).toEqual(ends);
  expect(worstError([])).toBeUndefined();
});
