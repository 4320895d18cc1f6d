import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** Close what is open when Escape is pressed inside of an element; what lies around it stays open. */
export function useEscape(inside: RefObject<HTMLElement | null>, open: boolean, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    const element = inside.current;
    if (!open || !element) return;
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      latest.current();
    };
    element.addEventListener("keydown", listen);
    return () => element.removeEventListener("keydown", listen);
  }, [open]);
}
