/** The figures of a service, as `/metrics` gives them. */

import { gaitwayVersion } from '@gaitway/node';
import type { ClientServer } from '../door/client-socket.js';
import type { Metric, Sample } from '../metrics/metric-text.js';
import type { Reception } from '../door/reception.js';
import type { Tally } from '../metrics/tally.js';

/** Those of one study. */
export function studyMetrics({ roster, traffic, tally, uploads }: Reception, server: ClientServer): readonly Metric[] {
  const { bytesDown, bytesUp } = traffic.read();
  return [
    gauge('gaitway_connections', 'Connections that are open.', { value: server.engine.clientsCount }),
    gauge('gaitway_clients', 'Clients that joined and are there.', { value: roster.joined().length }),
    gauge('gaitway_clients_unavailable', 'Clients that are there and cannot be given tasks now.', {
      value: roster.joined().length - roster.available().length,
    }),
    ...tally.metrics(),
    {
      name: 'gaitway_message_bytes_total',
      help: 'Bytes of messages to the clients (down) and from them (up).',
      type: 'counter',
      samples: [
        { labels: { direction: 'down' }, value: bytesDown },
        { labels: { direction: 'up' }, value: bytesUp },
      ],
    },
    gauge('gaitway_upload_bytes', 'Room that is taken by large messages on their way.', { value: uploads.bytes() }),
  ];
}

/** Those of the port, beside its studies. */
export function lobbyMetrics(tally: Tally): readonly Metric[] {
  const help = 'Connections and clients that came to no study, by reason.';
  return [{ name: 'gaitway_lobby_refusals_total', help, type: 'counter', samples: tally.refusals() }];
}

/** Those of the whole process. */
export function processMetrics(): readonly Metric[] {
  return [
    gauge('gaitway_info', 'Always 1; the label says which Gaitway this is.', {
      labels: { version: gaitwayVersion },
      value: 1,
    }),
    gauge('process_resident_memory_bytes', 'Resident memory size in bytes.', { value: process.memoryUsage.rss() }),
  ];
}

/** Those of several studies, told apart by the label `study`. */
export function labelledMetrics(studies: ReadonlyMap<string, readonly Metric[]>): readonly Metric[] {
  const byName = new Map<string, Metric>();
  for (const [study, metrics] of studies) {
    for (const metric of metrics) {
      const samples = metric.samples.map((sample) => ({ ...sample, labels: { study, ...sample.labels } }));
      byName.set(metric.name, { ...metric, samples: [...(byName.get(metric.name)?.samples ?? []), ...samples] });
    }
  }
  return [...byName.values()];
}

function gauge(name: string, help: string, sample: Sample): Metric {
  return { name, help, type: 'gauge', samples: [sample] };
}
