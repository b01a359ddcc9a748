/** The part of `node:crypto` that `node.ts` uses. The package knows no other types of Node, so that nothing else slips in. */
declare module 'node:crypto' {
  interface KeyObject {
    readonly type: 'public' | 'private';
  }

  interface JsonWebKey {
    readonly kty: 'OKP';
    readonly crv: 'X25519' | 'Ed25519';
    readonly x: string;
  }

  export function createCipheriv(
    algorithm: 'chacha20',
    key: Uint8Array,
    nonce: Uint8Array,
  ): { update(bytes: Uint8Array): Uint8Array };
  export function createPrivateKey(key: {
    readonly key: Uint8Array;
    readonly format: 'der';
    readonly type: 'pkcs8';
  }): KeyObject;
  export function createPublicKey(key: { readonly key: JsonWebKey; readonly format: 'jwk' }): KeyObject;
  export function diffieHellman(keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject }): Uint8Array;
  export function verify(algorithm: null, message: Uint8Array, publicKey: KeyObject, signature: Uint8Array): boolean;
}
