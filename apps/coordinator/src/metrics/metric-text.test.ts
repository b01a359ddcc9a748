import { expect, it } from 'vitest';
import { createCounter, metricText } from './metric-text.js';

it('figures are written as Prometheus reads them, and no label can end its line', () => {
  const rounds = createCounter();
  rounds.add({ stage: 'a "b"\\\nc' });
  rounds.add({ stage: 'a "b"\\\nc' }, 2);
  rounds.add({ stage: 'd', outcome: 'aborted' });
  const text = metricText([
    { name: 'rounds_total', help: 'Rounds.', type: 'counter', samples: rounds.samples() },
    { name: 'seconds', help: 'Seconds.', type: 'summary', samples: [{ suffix: '_sum', value: 0.5 }] },
  ]);
  expect(text).toBe(
    [
      '# HELP rounds_total Rounds.',
      '# TYPE rounds_total counter',
      'rounds_total{stage="a \\"b\\"\\\\\\nc"} 3',
      'rounds_total{stage="d",outcome="aborted"} 1',
      '# HELP seconds Seconds.',
      '# TYPE seconds summary',
      'seconds_sum 0.5',
      '',
    ].join('\n'),
  );
});
