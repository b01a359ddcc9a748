import { describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { membershipFigures, type ScoredPerson } from './membership.js';

const person = (...scores: readonly number[]): ScoredPerson => ({ scores: Float64Array.from(scores) });

describe('figures of a membership attack', () => {
  it('are those worked out by hand', () => {
    // Means of members: 4, 2; of others: 3, 0. Pairs of people that the member wins: 2 of 2 and 1 of 2.
    const members = [person(1, 7), person(2)];
    const others = [person(3, 3), person(0, -1, 1)];
    const { people, windows } = membershipFigures(members, others, createRng(1));
    expect(people).toMatchObject({ members: 2, others: 2, auc: 3 / 4, found: 1 });
    // One of two, by the interval of scipy's beta distribution.
    expect(people.foundShare).toEqual({ lower: expect.closeTo(0.01258, 5), upper: expect.closeTo(0.98742, 5) });
    // Windows 1, 7, 2 against 3, 3, 0, -1, 1: 1 wins 2 and ties 1; 7 wins 5; 2 wins 3.
    expect(windows).toMatchObject({ members: 3, others: 5, auc: (2.5 + 5 + 3) / 15, found: 1 / 3 });
  });

  it('are a half where members and others are alike, and 1 where no other comes near', () => {
    const alike = [person(1, 2, 3), person(4, 5)];
    expect(membershipFigures(alike, alike, createRng(1))).toMatchObject({
      people: { auc: 0.5, found: 0 },
      windows: { auc: 0.5, found: 0 },
    });
    const clear = membershipFigures([person(9), person(8)], [person(1), person(2)], createRng(1));
    expect(clear).toMatchObject({ people: { auc: 1, found: 2 }, windows: { auc: 1, found: 1 } });
    expect(clear.windows.aucInterval).toEqual({ low: 1, high: 1 });
  });

  it('find so many windows at a hundredth of false alarms', () => {
    const rng = createRng(5);
    const normal = (shift: number): ScoredPerson => person(...Array.from({ length: 20_000 }, () => shift + rng.normal())); // prettier-ignore
    const { windows } = membershipFigures([normal(1)], [normal(0)], rng);
    // Of N(1, 1) a share of Φ(1 - 2.3263) = 0.0924 lies above the hundredth of N(0, 1); the AUC is Φ(1 / √2) = 0.7602.
    expect(windows.found).toBeCloseTo(0.0924, 2);
    expect(windows.auc).toBeCloseTo(0.7602, 2);
    expect(windows).not.toHaveProperty('aucInterval');
  });

  it('have intervals by people: one person of many windows is one person', () => {
    const rng = createRng(7);
    const people = (shift: number): readonly ScoredPerson[] =>
      Array.from({ length: 6 }, () => {
        const own = shift + rng.normal();
        return person(...Array.from({ length: 200 }, () => own + 0.1 * rng.normal()));
      });
    const { aucInterval } = membershipFigures(people(0.5), people(0), rng).windows;
    expect(aucInterval!.high - aucInterval!.low).toBeGreaterThan(0.3);
  });
});
