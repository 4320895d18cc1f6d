import { fields } from "../../contract/fields.ts";
import type { LogRecord } from "../record.ts";
import type { Redaction } from "../redaction/redaction.ts";
import { escapeText } from "./escape.ts";
import { Shaper } from "./shaper.ts";

/** Docker splits lines at 16 KiB, and half a JSON object is none. */
export const maxLineBytes = 15_360;
/** The tightest leaves room for every character to become six, as `\u001b` does, and for what stands on every line. */
const budgets = [5_000, 1_800] as const;

/** Tell whether a line may be written as it is. */
export function fits(line: string): boolean {
  // A character takes six bytes at most, escaped: most lines need no counting.
  return line.length * 6 <= maxLineBytes || Buffer.byteLength(escapeText(line)) <= maxLineBytes;
}

/** A message and its fields. */
export interface Content {
  readonly record: LogRecord;
  readonly text: string;
}

/** Ever smaller versions of a line's content, marked as cut. The contract's fields are the last to go. */
export function* shorten({ record, text }: Content, redaction: Redaction): Generator<Content> {
  const keys = Object.keys(record);
  const ordered = [...keys.filter(isContractField), ...keys.filter((key) => !isContractField(key))];
  for (const budget of budgets) {
    // A text may have a quarter, so that one can't push all others out.
    const shaper = new Shaper(redaction, { budget, maxTextLength: budget / 4 });
    const smaller: LogRecord = {};
    const smallerText = shaper.text(text);
    for (const key of ordered) {
      if (shaper.isFull) break;
      smaller[shaper.key(key)] = shaper.value(record[key]);
    }
    smaller["log_truncated"] = true;
    yield { record: smaller, text: smallerText };
  }
  yield { record: { log_truncated: true }, text: text.slice(0, 1_000) };
}

function isContractField(name: string): boolean {
  return Object.hasOwn(fields, name);
}
