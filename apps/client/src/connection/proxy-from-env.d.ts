/** The part of the package that is used here; it has no types of its own. */
declare module 'proxy-from-env' {
  /** The address of the proxy that the environment names for a URL; empty where it names none. */
  export function getProxyForUrl(url: string): string;
}
