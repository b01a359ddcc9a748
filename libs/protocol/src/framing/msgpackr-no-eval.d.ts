/** The build of msgpackr without `new Function` and without native code, which comes without types: the part used here. */
declare module 'msgpackr/index-no-eval' {
  export const RESERVE_START_SPACE: number;
  export class Packr {
    constructor(options: { readonly useRecords: false; readonly variableMapSize: boolean });
    /** @param options - {@link RESERVE_START_SPACE} and as many bytes, below 256, before the packed ones */
    pack(value: unknown, options?: number): Uint8Array;
    unpack(bytes: Uint8Array): unknown;
    /** The next value is packed into this memory. */
    useBuffer(memory: Uint8Array): void;
  }
}
