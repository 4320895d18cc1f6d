import { mkdirSync, writeFileSync } from "node:fs";
import { isFull } from "./fault-child.ts";

/** A row of docs/reliability.md. */
export interface Figure {
  readonly fault: string;
  readonly promise: string;
  readonly kit: string;
  /** The same measured with pino as it comes; absent where it makes no sense. */
  readonly pino?: string;
}

/**
 * How many times a promised limit a figure may reach. The full run holds the promise itself. The short one also
 * runs where a machine does other things: it is to fail for a promise that is broken, not for a neighbour's work.
 */
export const slack: number = isFull ? 1 : 2;

const folder = "build/faults";

/** Keep the figures of one chapter for the page; `npm run reliability` puts them together. */
export function keepFigures(chapter: string, title: string, figures: readonly Figure[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${chapter}.json`, JSON.stringify({ title, figures }, null, 2));
}
