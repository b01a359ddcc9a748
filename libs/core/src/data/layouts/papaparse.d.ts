// The part of papaparse that this folder uses. The published types refer to Node's, which would let Node into core.
declare module 'papaparse' {
  interface StepResult {
    readonly data: readonly string[];
    readonly errors: readonly { readonly message: string }[];
  }
  interface ParseOptions {
    readonly delimiter: string;
    readonly step: (row: StepResult) => void;
  }
  const papa: { parse(text: string, options: ParseOptions): unknown };
  export = papa;
}
