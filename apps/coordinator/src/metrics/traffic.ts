/** Counts the bytes of all messages to the clients (down) and from them (up). */

import type { Traffic } from '@gaitway/node';

export interface TrafficMeter {
  down(bytes: number): void;
  up(bytes: number): void;
  read(): Traffic;
}

export function trafficMeter(): TrafficMeter {
  let bytesDown = 0;
  let bytesUp = 0;
  return {
    down: (bytes) => {
      bytesDown += bytes;
    },
    up: (bytes) => {
      bytesUp += bytes;
    },
    read: () => ({ bytesDown, bytesUp }),
  };
}
