export interface VirtualWindow {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
}

const overscan = 12;

/** Which of equally high rows to draw for a scroll position. */
export function virtualWindow(
  scrollTop: number,
  height: number,
  rowHeight: number,
  count: number,
): VirtualWindow {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - overscan);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + overscan);
  return { first: Math.min(first, end), end };
}
