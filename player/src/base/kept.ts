/** A choice of the viewer's that outlives the visit; null where there is none, or storage is forbidden (in frames of other sites above all). */
export function read_kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Null forgets it. Where storage is forbidden nothing is lost but a convenience. */
export function keep(key: string, value: string | null): void {
  try {
    if (value === null) {
      localStorage.removeItem(key);
    } else {
      localStorage.setItem(key, value);
    }
  } catch {
    // See above.
  }
}
