// The little of Node that the tests use.
declare module 'node:test' {
  export function test(name: string, body: () => void | Promise<void>): Promise<void>;
}
declare module 'node:assert/strict' {
  const assert: {
    equal(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    ok(value: unknown, message?: string): void;
  };
  export default assert;
}
declare module 'node:fs' {
  export function readFileSync(path: string): Uint8Array;
  export function readFileSync(path: string, encoding: 'utf8'): string;
}
declare module 'node:zlib' {
  export function gzipSync(bytes: Uint8Array, options?: { level: number }): Uint8Array;
}
declare const process: { env: Record<string, string | undefined> };
