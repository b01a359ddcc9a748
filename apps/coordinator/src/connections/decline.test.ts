import { expect, it } from 'vitest';
import { connectBare, joinBare } from '../testing/bare-client.js';
import { openService, smallStudy } from '../testing/open-service.js';

it('hears why a client does not take part, and lets it go', async () => {
  const service = await openService();
  const ann = await connectBare(service.url);
  await ann.introduce('ann');
  await ann.hear('welcome');
  ann.say({ kind: 'decline', reason: 'floors.cohort: expected at least 3 clients, found 1' });
  expect(await service.event('declined')).toEqual({
    kind: 'declined',
    client: 'ann',
    reason: 'floors.cohort: expected at least 3 clients, found 1',
  });
  await ann.gone;
  expect(service.fleet.available()).toEqual([]);
  await joinBare(service.url, smallStudy, 'ann'); // whose operator has changed the policy
  expect(service.fleet.available()).toEqual(['ann']);
});

it.each(['before it knows the study', 'after it has joined'])('refuses a client that declines %s', async (when) => {
  const service = await openService();
  const ann = when.startsWith('before')
    ? await connectBare(service.url)
    : await joinBare(service.url, smallStudy, 'ann');
  ann.say({ kind: 'decline', reason: 'no' });
  expect(await ann.hear('refusal')).toMatchObject({ reason: 'expected a client to decline a study before it joins' });
});
