/** The protocol that brought this page: "h2", "h3", "http/1.1"; empty where the browser does not tell. */
export function transport(): string {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.nextHopProtocol ?? '';
}

/**
 * A browser gives one host six HTTP/1.1 connections, shared by all its tabs; over HTTP/2 and 3 there is
 * no such limit. Everything that would hold a connection open asks here first.
 */
export function shares_one_connection(): boolean {
  return /^h[23]/.test(transport());
}
