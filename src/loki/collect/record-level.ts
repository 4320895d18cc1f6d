import { levelWord } from "../ingest/detected-level.ts";
import { textOf } from "./line-record.ts";

const names = ["level", "severity", "levelname", "lvl"] as const;

/** The level of a record in the contract's words: pino's and bunyan's numbers are understood. */
export function recordLevel(record: Readonly<Record<string, unknown>>): string | undefined {
  const text = textOf(record, names);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isNaN(number)) return levelWord(text) ?? text.toLowerCase();
  if (number < 10 || number > 100) return undefined;
  return ["trace", "debug", "info", "warn", "error", "fatal"][Math.min(5, Math.floor(number / 10) - 1)];
}
