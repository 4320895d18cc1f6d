/**
 * The marker Prometheus writes where a series ended: a NaN of its own bits. A number variable may lose them, so a marker
 * is written and recognised in the memory of a Float64Array.
 * @see https://prometheus.io/docs/specs/prw/remote_write_spec/#stale-markers
 */
export function writeStaleMarker(values: Float64Array, index: number): void {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  words[index * 2] = low;
  words[index * 2 + 1] = high;
}

/** Whether a value is the stale marker rather than a number or a plain NaN. */
export function isStale(values: Float64Array, index: number): boolean {
  if (!Number.isNaN(values[index])) return false;
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  return words[index * 2] === low && words[index * 2 + 1] === high;
}

// 0x7ff0000000000002, the low word first, as every platform of Node.js has it.
const low = 2;
const high = 0x7ff00000;
