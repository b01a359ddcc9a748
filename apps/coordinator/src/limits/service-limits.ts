/** How much one client, one address or everybody together may ask of a coordinator. */

export interface ServiceLimits {
  /** Open connections in all. */
  readonly connections: number;
  /** Open connections from one address. */
  readonly connectionsPerAddress: number;
  /** New connections from one address in a second that go on for long; at first as many as may be open. */
  readonly newConnectionsPerSecond: number;
  /** Seconds from the connection to the hello. */
  readonly helloSeconds: number;
  /** Seconds from the welcome to the join, in which a client reads its recordings. */
  readonly joinSeconds: number;
  /** Messages that nobody waits for, on one connection. An answer to a task costs nothing. */
  readonly messages: Rate;
  /** Hellos under one name. */
  readonly hellos: Rate;
  /** Seconds between the signs of life for which a client is asked. */
  readonly heartbeatSeconds: number;
  /** Bytes of large messages of which not all has arrived, of all clients together. Who has more to send waits. */
  readonly uploadBytes: number;
  /** Seconds for the next part of a large message. */
  readonly partSeconds: number;
  /** Seconds in which a client that lost its connection in the middle of a task can come back and still answer it. */
  readonly returnSeconds: number;
}

export interface Rate {
  readonly atOnce: number;
  readonly perSecond: number;
}

export const defaultLimits: ServiceLimits = {
  connections: 10_000,
  connectionsPerAddress: 2_000,
  newConnectionsPerSecond: 20,
  helloSeconds: 10,
  joinSeconds: 1_800,
  messages: { atOnce: 50, perSecond: 5 },
  hellos: { atOnce: 30, perSecond: 1 },
  heartbeatSeconds: 25,
  uploadBytes: 268_435_456,
  partSeconds: 60,
  returnSeconds: 60,
};
