/** The build of msgpackr without `new Function` and without native code, which comes without types: the part used here. */
declare module 'msgpackr/index-no-eval' {
  export class Packr {
    constructor(options: { readonly useRecords: false; readonly variableMapSize: boolean });
    pack(value: unknown): Uint8Array;
    unpack(bytes: Uint8Array): unknown;
    /** The next value is packed into this memory. */
    useBuffer(memory: Uint8Array): void;
  }
}
