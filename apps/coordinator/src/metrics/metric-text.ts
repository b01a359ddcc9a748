/** Metrics in the text format of Prometheus, version 0.0.4. */

export type Labels = Readonly<Record<string, string>>;

export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'summary';
  readonly samples: readonly Sample[];
}

export interface Sample {
  /** The suffix of the metric's name: `_sum`, `_count` or none. */
  readonly suffix?: string;
  readonly labels?: Labels;
  readonly value: number;
}

/** The value of the `Content-Type` header for text in this format. */
export const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Renders metrics, with their help and types. */
export function metricText(metrics: readonly Metric[]): string {
  return metrics.map(textOf).join('');
}

function textOf({ name, help, type, samples }: Metric): string {
  const lines = samples.map(({ suffix = '', labels, value }) => `${name}${suffix}${labelText(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function labelText(labels: Labels = {}): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}

function escaped(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}

/** A counter metric: a count for each set of labels. */
export interface Counter {
  add(labels: Labels, by?: number): void;
  samples(): readonly Sample[];
}

export function createCounter(): Counter {
  const counts = new Map<string, { readonly labels: Labels; readonly value: number }>();
  return {
    add: (labels, by = 1) => {
      const key = JSON.stringify(labels);
      counts.set(key, { labels, value: (counts.get(key)?.value ?? 0) + by });
    },
    samples: () => [...counts.values()],
  };
}
