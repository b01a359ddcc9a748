/** Errors that are meaningful to whoever started the program. Everything else that is thrown is a bug. */

/** One thing that is wrong with an input: where it is, what was expected there, what was found. */
export interface Issue {
  /** Path inside the input, e.g. `stages[1].teacher` or `line 14, column "x"`. */
  readonly path: string;
  readonly message: string;
}

/** An input (study, data file, manifest) that cannot be used. The command line ends with exit code 2. */
export class InvalidInput extends Error {
  override readonly name: string = 'InvalidInput';
  readonly source: string;
  readonly issues: readonly Issue[];

  /** @param source - What was read: a file's path, or a name such as `study`. */
  constructor(source: string, issues: readonly Issue[]) {
    super(issues.map((issue) => `${source}: ${issue.path ? `${issue.path}: ` : ''}${issue.message}`).join('\n'));
    this.source = source;
    this.issues = issues;
  }
}

/** An update that the coordinator does not admit to the aggregate. The round goes on without it. */
export class UpdateRefused extends Error {
  override readonly name: string = 'UpdateRefused';
}

/** A client failed to answer a task: it left, its training failed, or its answer was refused. */
export class ClientFailure extends Error {
  override readonly name: string = 'ClientFailure';
  readonly client: string;

  constructor(client: string, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.client = client;
  }
}

/** A study that cannot go on: too few clients, or no accepted windows. The command line ends with exit code 3. */
export class StudyStopped extends Error {
  override readonly name: string = 'StudyStopped';
}
