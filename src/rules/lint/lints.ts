import { keepFiringForIgnored, missingRunbook, untestedRule } from "./alert-lints.ts";
import { numericFilterOnString, unknownField } from "./field-lints.ts";
import type { Lint } from "./lint.ts";
import { parseErrorsUnhandled, unanchoredLabelRegex } from "./pipeline-lints.ts";
import { manySeries, noGroupingAfterParser, unknownTemplateLabel } from "./series-lints.ts";

/** Every lint of a rule. */
export const lints: readonly Lint[] = [
  unknownField,
  numericFilterOnString,
  parseErrorsUnhandled,
  unanchoredLabelRegex,
  noGroupingAfterParser,
  manySeries,
  unknownTemplateLabel,
  untestedRule,
  missingRunbook,
  keepFiringForIgnored,
];

/** The findings that are about a file or a comment in it and not about one rule. */
export const fileFindings = {
  "invalid-rule": "The file or a rule of it is not valid: a ruler would refuse it.",
  "ignore-without-reason": "A comment silences a lint without a reason, and is not heeded.",
  "unused-ignore": "A comment silences a lint that finds nothing there, or that does not exist.",
} as const;
