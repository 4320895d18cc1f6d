import { mkdirSync, writeFileSync } from "node:fs";

/** A row of docs/reliability.md. */
export interface Figure {
  readonly fault: string;
  readonly promise: string;
  readonly kit: string;
  /** The same measured with pino as it comes; absent where it makes no sense. */
  readonly pino?: string;
}

const folder = "build/faults";

/** Keep the figures of one chapter for the page; `npm run reliability` puts them together. */
export function keepFigures(chapter: string, title: string, figures: readonly Figure[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${chapter}.json`, JSON.stringify({ title, figures }, null, 2));
}
