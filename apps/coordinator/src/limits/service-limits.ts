/** How much one client, one address or all clients together may demand of a coordinator. */

export interface ServiceLimits {
  /** Open connections in all. */
  readonly connections: number;
  /** Open connections from one address whose clients have not joined. Those that have count in all alone. */
  readonly connectionsPerAddress: number;
  /** The addresses of proxies that say for whom they forward a request. */
  readonly trustedProxies: readonly string[];
  /** New connections per second from one address in the long run; a burst may have as many as may be open. */
  readonly newConnectionsPerSecond: number;
  /** Seconds from the connection to the hello. */
  readonly helloSeconds: number;
  /** Seconds from the welcome to the join, in which a client reads its recordings. */
  readonly joinSeconds: number;
  /** Messages on one connection that the coordinator does not wait for. An answer to a task does not count. */
  readonly messages: Rate;
  /** Hellos from clients of one name. */
  readonly hellos: Rate;
  /** Wrong access tokens from one address. */
  readonly wrongTokens: Rate;
  /** Seconds between two heartbeats. */
  readonly heartbeatSeconds: number;
  /** Bytes of memory for large messages of all clients that are arriving. Further ones wait. */
  readonly uploadBytes: number;
  /** Seconds in which the next part of a large message must arrive. */
  readonly partSeconds: number;
  /** Bytes per second of a large message that must arrive on average, after the time for one part and one return. */
  readonly uploadBytesPerSecond: number;
  /** Seconds in which a client that lost its connection in the middle of a task can come back and still answer it. */
  readonly returnSeconds: number;
}

/** A rate with bursts, as a token bucket limits it. */
export interface Rate {
  readonly atOnce: number;
  readonly perSecond: number;
}

/** The limits of a coordinator that is not told otherwise. */
export const defaultLimits: ServiceLimits = {
  connections: 10_000,
  connectionsPerAddress: 2_000,
  trustedProxies: [],
  newConnectionsPerSecond: 20,
  helloSeconds: 10,
  joinSeconds: 1_800,
  messages: { atOnce: 50, perSecond: 5 },
  hellos: { atOnce: 30, perSecond: 1 },
  wrongTokens: { atOnce: 20, perSecond: 1 },
  heartbeatSeconds: 25,
  uploadBytes: 268_435_456,
  partSeconds: 60,
  uploadBytesPerSecond: 4_096,
  returnSeconds: 60,
};
