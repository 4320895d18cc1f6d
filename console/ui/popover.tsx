import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icon.tsx";
import { useEscape } from "./use-escape.ts";

export interface PopoverProps {
  readonly label: ComponentChildren;
  readonly title: string;
  readonly icon?: IconName;
  readonly align?: "start" | "end";
  readonly class?: string;
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button that opens a box below it; Escape, a click elsewhere and losing the focus close it. */
export function Popover({
  label,
  title,
  icon,
  align = "start",
  children,
  ...rest
}: PopoverProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  // Before the next key can come.
  useLayoutEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>(".popover-box :is(input, button, [tabindex])")?.focus();
    const leave = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener("pointerdown", leave);
    addEventListener("focusin", leave);
    return () => {
      removeEventListener("pointerdown", leave);
      removeEventListener("focusin", leave);
    };
  }, [open]);
  const close = (): void => {
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
  useEscape(root, open, close);
  return (
    <div class={`popover ${rest.class ?? ""}`} ref={root}>
      <button
        type="button"
        class="button plain"
        title={title}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {icon && <Icon name={icon} />}
        {label}
        <Icon name="down" />
      </button>
      {open && (
        <div class={`popover-box ${align}`} role="dialog" aria-label={title}>
          {children(close)}
        </div>
      )}
    </div>
  );
}
