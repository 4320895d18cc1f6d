import type { JSX } from "preact";

/** Paths on a grid of 16, drawn with a line of 1.5. */
const paths = {
  logs: "M2.5 4h11M2.5 8h11M2.5 12h7",
  errors: "M8 2.2 14.5 13.5H1.5ZM8 6.5v3.2M8 11.6v.1",
  alerts: "M8 2a4 4 0 0 1 4 4c0 4 1.5 5 1.5 5h-11S4 10 4 6a4 4 0 0 1 4-4ZM6.5 13.5h3",
  dashboard: "M2.5 2.5h4.5v6H2.5ZM9.5 2.5h4v3.5h-4ZM9.5 8.5h4v5h-4ZM2.5 11h4.5v2.5H2.5Z",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.7 10.7 14 14",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.6",
  refresh: "M13.5 8A5.5 5.5 0 1 1 11.8 4M12.2 1.5V4.2H9.5",
  sun: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1",
  moon: "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7Z",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  down: "M4 6l4 4 4-4",
  right: "M6 4l4 4-4 4",
  play: "M4.5 2.8v10.4L13 8Z",
  pause: "M5 3v10M11 3v10",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  columns: "M2.5 3h11v10h-11ZM6.2 3v10M9.8 3v10",
  group: "M2.5 3h8M2.5 6.5h8M5.5 10h8M5.5 13h8",
  newest: "M4 2.5v11M1.5 11 4 13.5 6.5 11M8.5 4h6M8.5 8h4M8.5 12h2.5",
  oldest: "M4 13.5v-11M1.5 5 4 2.5 6.5 5M8.5 4h2.5M8.5 8h4M8.5 12h6",
  link: "M6.5 3.5H3v9.5h9.5V9.5M9 2.5h4.5V7M13 3 7.5 8.5",
  copy: "M5.5 5.5h8v8h-8ZM2.5 10.5v-8h8",
  keyboard: "M1.5 4h13v8h-13ZM4 6.5h.1M6.7 6.5h.1M9.4 6.5h.1M12 6.5h.1M4.5 9.5h7",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.3v3.5M8 5.1v.1",
  check: "M3 8.5 6.5 12 13 4.5",
  request: "M2 5h9M8.5 2.5 11 5 8.5 7.5M14 11H5M7.5 8.5 5 11l2.5 2.5",
  menu: "M2.5 4h11M2.5 8h11M2.5 12h11",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
