/** The metrics of a service, as the page `/metrics` shows them. */

import { gaitwayVersion } from '@gaitway/node';
import type { ClientServer } from '../connections/client-socket.js';
import type { Metric, Sample } from '../metrics/metric-text.js';
import type { SessionContext } from '../connections/session-context.js';
import type { ServiceCounters } from '../metrics/service-counters.js';

/** The metrics of one study. */
export function studyMetrics(
  { clients, traffic, counters, uploads }: SessionContext,
  server: ClientServer,
): readonly Metric[] {
  const { bytesDown, bytesUp } = traffic.read();
  return [
    gauge('gaitway_connections', 'Connections that are open.', { value: server.engine.clientsCount }),
    gauge('gaitway_clients', 'Clients that joined and are there.', { value: clients.joined().length }),
    gauge('gaitway_clients_unavailable', 'Clients that are there and cannot be given tasks now.', {
      value: clients.joined().length - clients.available().length,
    }),
    ...counters.metrics(),
    {
      name: 'gaitway_message_bytes_total',
      help: 'Bytes of messages to the clients (down) and from them (up).',
      type: 'counter',
      samples: [
        { labels: { direction: 'down' }, value: bytesDown },
        { labels: { direction: 'up' }, value: bytesUp },
      ],
    },
    gauge('gaitway_upload_bytes', 'Memory that is reserved for large messages on their way.', {
      value: uploads.bytes(),
    }),
  ];
}

/** The metrics of the port that belong to no study. */
export function fallbackMetrics(counters: ServiceCounters): readonly Metric[] {
  const help = 'Connections and clients that came to no study, by reason.';
  return [{ name: 'gaitway_fallback_refusals_total', help, type: 'counter', samples: counters.refusals() }];
}

/** The metrics of the process. */
export function processMetrics(): readonly Metric[] {
  return [
    gauge('gaitway_info', 'Always 1; the label says which Gaitway this is.', {
      labels: { version: gaitwayVersion },
      value: 1,
    }),
    gauge('process_resident_memory_bytes', 'Resident memory size in bytes.', { value: process.memoryUsage.rss() }),
  ];
}

/** Combines the metrics of several studies, which the label `study` distinguishes. */
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
