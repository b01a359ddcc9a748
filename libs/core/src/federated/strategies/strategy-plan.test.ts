import { describe, expect, it } from 'vitest';
import { parseInput } from '../../parse-input.js';
import { clientSideOf, createStrategy, strategyNames, strategyPlan, type StrategyPlan } from './strategy-plan.js';

function read(written: unknown): StrategyPlan {
  return parseInput(strategyPlan, written, 'study');
}

describe('a strategy as a study writes it', () => {
  it('is complete with its name', () => {
    expect(read('fed-avg-m')).toEqual({ kind: 'fed-avg-m', learningRate: 1, momentum: 0.9 });
    expect(read('fed-adagrad')).toEqual({ kind: 'fed-adagrad', learningRate: 0.01, beta1: 0, tau: 0.001 });
    expect(read('fed-prox')).toEqual({ kind: 'fed-prox', mu: 0.01 });
    const adaptive = { learningRate: 0.01, beta1: 0.9, beta2: 0.99, tau: 0.001 };
    expect(read('fed-adam')).toEqual({ kind: 'fed-adam', ...adaptive });
    expect(read('fed-yogi')).toEqual({ kind: 'fed-yogi', ...adaptive });
    expect(read('trimmed-mean')).toEqual({ kind: 'trimmed-mean', share: 0.2 });
    expect(read('krum')).toEqual({ kind: 'krum', byzantine: 1 });
    expect(read('multi-krum')).toEqual({ kind: 'multi-krum', byzantine: 1, selected: 'most' });
    expect(read('bulyan')).toEqual({ kind: 'bulyan', byzantine: 1 });
    expect(read('centred-clipping')).toEqual({ kind: 'centred-clipping', radius: 'median', iterations: 1 });
  });

  it('is its name where there is nothing to set, however it is written', () => {
    for (const name of ['fed-avg', 'fed-nova', 'median', 'scaffold']) {
      expect(read(name)).toBe(name);
      expect(read({ kind: name })).toBe(name);
    }
  });

  it('completes settings that say a part, and reads them back as they are', () => {
    const plan = read({ kind: 'fed-adam', learningRate: 0.1 });
    expect(plan).toEqual({ kind: 'fed-adam', learningRate: 0.1, beta1: 0.9, beta2: 0.99, tau: 0.001 });
    strategyNames.forEach((name) => {
      expect(read(read(name))).toEqual(read(name));
    });
  });

  it('suggests the nearest name and the nearest setting', () => {
    expect(() => read('fed-adm')).toThrow(
      /expected one of "bulyan", .*, or an object, found "fed-adm"; did you mean "fed-adam"\?/,
    );
    expect(() => read({ kind: 'crum' })).toThrow(
      /^study: kind: expected one of .* found "crum"; did you mean "krum"\?/,
    );
    expect(() => read({ kind: 'krum', byzantin: 2 })).toThrow(
      'study: byzantin: unknown key, expected one of "kind", "byzantine"; did you mean "byzantine"?',
    );
  });

  it('refuses settings out of range', () => {
    expect(() => read({ kind: 'trimmed-mean', share: 0.5 })).toThrow('study: share: expected less than 0.5, found 0.5');
    expect(() => read({ kind: 'krum', byzantine: 0 })).toThrow('study: byzantine: expected at least 1, found 0');
    expect(() => read({ kind: 'fed-yogi', beta2: 1 })).toThrow('study: beta2: expected less than 1, found 1');
    expect(() => read({ kind: 'centred-clipping', radius: 0 })).toThrow('study: radius: ');
  });
});

describe('createStrategy', () => {
  it('knows every name that a study may use', () => {
    expect(strategyNames).toHaveLength(14);
    expect(strategyNames.map((name) => createStrategy(name).name)).toEqual([...strategyNames]);
  });

  it('says how many updates a strategy needs', () => {
    const least = (plan: StrategyPlan): number => createStrategy(plan).aggregator.minUpdates;
    expect(['fed-avg', 'fed-avg-m', 'fed-adagrad', 'fed-adam', 'fed-yogi'].map((name) => least(read(name)))).toEqual([
      1, 1, 1, 1, 1,
    ]);
    expect([least('median'), least('centred-clipping')]).toEqual([3, 3]);
    expect([0.2, 0.05, 0.3, 0.49].map((share) => least({ kind: 'trimmed-mean', share }))).toEqual([5, 20, 4, 3]);
    expect([1, 2].map((byzantine) => least({ kind: 'krum', byzantine }))).toEqual([5, 7]);
    expect([1, 2].map((byzantine) => least({ kind: 'bulyan', byzantine }))).toEqual([7, 11]);
    expect(least({ kind: 'multi-krum', byzantine: 2, selected: 'most' })).toBe(7);
    expect(least({ kind: 'multi-krum', byzantine: 2, selected: 8 })).toBe(10);
  });

  it('does not guess how many steps clients took', () => {
    const { aggregator } = createStrategy('fed-nova');
    const update = { client: 'ann', delta: Float32Array.of(1), examples: 1 };
    expect(() => aggregator.accept(aggregator.init(1), update)).toThrow('Expected the number of local steps');
  });

  it('makes linear aggregators of sums only', () => {
    const linear = strategyNames.filter((name) => createStrategy(name).aggregator.linear);
    expect(linear.slice(0, 4)).toEqual(['fed-adagrad', 'fed-adam', 'fed-avg', 'fed-avg-m']);
    expect(linear.slice(4)).toEqual(['fed-nova', 'fed-prox', 'fed-yogi', 'scaffold']);
  });
});

describe('clientSideOf', () => {
  it("says what FedProx and SCAFFOLD ask of the clients' training, and nothing of others", () => {
    expect(clientSideOf('scaffold')).toEqual({ controlVariate: true });
    expect(clientSideOf({ kind: 'fed-prox', mu: 0.1 })).toEqual({ proximalMu: 0.1 });
    expect(clientSideOf('fed-prox')).toEqual({ proximalMu: 0.01 });
    expect(strategyNames.filter((name) => Object.keys(clientSideOf(name)).length > 0)).toEqual([
      'fed-prox',
      'scaffold',
    ]);
  });
});
