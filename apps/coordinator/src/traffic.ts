/** How many bytes of messages went to the clients and came from them. */

export interface Traffic {
  /** From the coordinator to the clients. */
  readonly bytesDown: number;
  readonly bytesUp: number;
}

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
