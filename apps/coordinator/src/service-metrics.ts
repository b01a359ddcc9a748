/** All figures of a service, as `/metrics` gives them. */

import { gaitwayVersion } from '@gaitway/node';
import type { ClientServer } from './client-socket.js';
import type { Metric, Sample } from './metric-text.js';
import type { Reception } from './reception.js';

export function serviceMetrics(
  { roster, traffic, tally, uploads }: Reception,
  server: ClientServer,
): readonly Metric[] {
  const { bytesDown, bytesUp } = traffic.read();
  return [
    gauge('gaitway_info', 'Always 1; the label says which Gaitway this is.', {
      labels: { version: gaitwayVersion },
      value: 1,
    }),
    gauge('gaitway_connections', 'Connections that are open.', { value: server.engine.clientsCount }),
    gauge('gaitway_clients', 'Clients that joined and are there.', { value: roster.joined().length }),
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
    gauge('process_resident_memory_bytes', 'Resident memory size in bytes.', { value: process.memoryUsage.rss() }),
  ];
}

function gauge(name: string, help: string, sample: Sample): Metric {
  return { name, help, type: 'gauge', samples: [sample] };
}
