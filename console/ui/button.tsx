import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "./icon.tsx";

export interface ButtonProps {
  readonly icon?: IconName;
  /** Said by the tooltip and, for a button without text, to a screen reader. */
  readonly title?: string;
  readonly onClick: () => void;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly kind?: "plain" | "quiet" | "primary";
  readonly class?: string;
  readonly children?: ComponentChildren;
}

export function Button({
  icon,
  title,
  onClick,
  pressed,
  disabled,
  kind = "plain",
  children,
  ...rest
}: ButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class={`button ${kind} ${children === undefined ? "square" : ""} ${rest.class ?? ""}`}
      title={title}
      aria-label={children === undefined ? title : undefined}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
