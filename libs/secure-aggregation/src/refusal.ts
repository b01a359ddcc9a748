/** The error for what a side does not accept in a round of secure aggregation. */

/**
 * A message, or an input, that a round of secure aggregation does not accept. The side that throws it has not changed its
 * state and has told nothing.
 */
export class AggregationRefused extends Error {
  override readonly name: string = 'AggregationRefused';
  /** The name of the client at fault, where it is known. */
  readonly client: string | undefined;

  constructor(message: string, client?: string) {
    super(client === undefined ? message : `${client}: ${message}`);
    this.client = client;
  }
}
