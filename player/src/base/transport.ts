/**
 * A browser gives one host six HTTP/1.1 connections, shared by all its tabs; over HTTP/2 and 3 there is
 * no such limit. Everything that would hold a connection open asks here first.
 */
export function shares_one_connection(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return /^h[23]/.test(navigation?.nextHopProtocol ?? '');
}
