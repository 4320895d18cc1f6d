import { builtinFunctions } from "./functions-builtin.ts";
import { mathFunctions } from "./functions-math.ts";
import { regexFunctions } from "./functions-regex.ts";
import { textFunctions } from "./functions-text.ts";
import { timeFunctions } from "./functions-time.ts";
import type { TemplateValue } from "./values.ts";

/** What a function may know of the entry at hand. */
export interface TemplateEntry {
  readonly line: string;
  /** Nanoseconds since 1970. */
  readonly timestamp: bigint;
}

export interface TemplateFunction {
  readonly min: number;
  readonly max: number;
  readonly call: (args: readonly TemplateValue[], entry: TemplateEntry) => TemplateValue;
}

/** Every function that line_format and label_format may call. */
export const templateFunctions: ReadonlyMap<string, TemplateFunction> = new Map(
  Object.entries({
    ...builtinFunctions,
    ...textFunctions,
    ...mathFunctions,
    ...regexFunctions,
    ...timeFunctions,
    __line__: { min: 0, max: 0, call: (_args, entry) => entry.line } satisfies TemplateFunction,
  }),
);
