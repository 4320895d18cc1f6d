import { useEffect, useRef } from "preact/hooks";

export interface Shortcut {
  /** A key, or two after one another: `g l`. */
  readonly keys: string;
  readonly text: string;
  readonly run: () => void;
}

const sequenceMs = 1200;

/** Run what a key or a pair of keys means, unless the user is writing in a field. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    let before = { key: "", at: 0 };
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target))
        return;
      const pair = event.timeStamp - before.at < sequenceMs ? `${before.key} ${event.key}` : event.key;
      const found =
        latest.current.find(({ keys }) => keys === pair) ??
        latest.current.find(({ keys }) => keys === event.key);
      before = { key: event.key, at: event.timeStamp };
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
