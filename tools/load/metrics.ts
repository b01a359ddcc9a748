/** A coordinator's figures, as `/metrics` gives them. */

export type Figures = ReadonlyMap<string, number>;

/** Figures by name with labels, such as `gaitway_refusals_total{reason="flood"}`. */
export async function readMetrics(url: string): Promise<Figures> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

/** The samples of one metric, by the value of its one label. */
export function byLabel(figures: Figures, metric: string): Readonly<Record<string, number>> {
  const samples = [...figures].filter(([name]) => name.startsWith(`${metric}{`));
  return Object.fromEntries(samples.map(([name, value]) => [/="([^"]*)"\}$/.exec(name)?.[1] ?? name, value]));
}

/** Resident memory in MiB. */
export function residentMemory(figures: Figures): number {
  return (figures.get('process_resident_memory_bytes') ?? NaN) / 2 ** 20;
}
