import { expect, it } from 'vitest';
import { acceptedSection } from './accepted.js';

it('numbers that a client withholds are shown as withheld, and are in no sum', () => {
  const clients = [
    { name: 'ann', windows: 100, accepted: { sitting: 60, walking: null }, rounds: 2 },
    { name: 'ben', windows: null, accepted: {}, rounds: 0 },
  ];
  const page = acceptedSection(clients, ['sitting', 'walking']).safe;
  expect(page).toContain('the clients used 60 of their 100 windows');
  const rows = page.split('<tr>').map((row) => [...row.matchAll(/<t[dh][^>]*>([^<]*)</g)].map(([, cell]) => cell));
  expect(rows.find(([name]) => name === 'ann')?.slice(2)).toEqual(['100', '60', '60', 'withheld']);
  expect(rows.find(([name]) => name === 'ben')?.slice(2)).toEqual(['withheld', '0', '0', '0']);
});
