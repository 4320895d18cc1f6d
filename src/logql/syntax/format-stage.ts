import type { Extraction, LabelFilter, LabelSelection, LineFilter, Stage } from "./ast.ts";
import { quote } from "./quoted.ts";

/** Write one stage, with the `|` before it. */
export function formatStage(stage: Stage): string {
  switch (stage.kind) {
    case "line-filter":
      return formatLineFilter(stage);
    case "json":
      return `| json${formatExtractions(stage.extractions)}`;
    case "logfmt": {
      const flags = `${stage.strict ? " --strict" : ""}${stage.keepEmpty ? " --keep-empty" : ""}`;
      return `| logfmt${flags}${formatExtractions(stage.extractions)}`;
    }
    case "regexp":
    case "pattern":
    case "line_format":
      return `| ${stage.kind} ${quote(stage.text)}`;
    case "label_format":
      return `| label_format ${stage.formats.map(({ name, value }) => `${name}=${value.kind === "rename" ? value.text : quote(value.text)}`).join(", ")}`;
    case "drop":
    case "keep":
      return `| ${stage.kind} ${stage.labels.map(formatSelection).join(", ")}`;
    case "label-filter":
      return `| ${formatFilter(stage.filter)}`;
    case "unwrap":
      return `| unwrap ${stage.conversion === "none" ? stage.name : `${stage.conversion}(${stage.name})`}`;
    default:
      return `| ${stage.kind}`;
  }
}

function formatLineFilter({ operator, values }: LineFilter): string {
  return `${operator} ${values.map(({ text, ip }) => (ip ? `ip(${quote(text)})` : quote(text))).join(" or ")}`;
}

function formatExtractions(extractions: readonly Extraction[]): string {
  if (extractions.length === 0) return "";
  const each = extractions.map(({ name, expression }) =>
    name === expression ? name : `${name}=${quote(expression)}`,
  );
  return ` ${each.join(", ")}`;
}

function formatSelection({ name, matcher }: LabelSelection): string {
  return matcher ? `${name}${matcher.operator}${quote(matcher.value)}` : name;
}

function formatFilter(filter: LabelFilter): string {
  switch (filter.kind) {
    case "joined":
      return `${formatOperand(filter.left, filter.operator, false)} ${filter.operator} ${formatOperand(filter.right, filter.operator, true)}`;
    case "string":
      return formatSelection({ name: filter.matcher.name, matcher: filter.matcher, offset: filter.offset });
    case "ip":
      return `${filter.name} ${filter.negated ? "!=" : "="} ip(${quote(filter.text)})`;
    default:
      return `${filter.name} ${filter.operator} ${filter.text}`;
  }
}

// `and` binds tighter than `or`, and both group from the left.
function formatOperand(inner: LabelFilter, outer: "and" | "or", right: boolean): string {
  const needs =
    inner.kind === "joined" &&
    ((outer === "and" && inner.operator === "or") || (right && inner.operator === outer));
  return needs ? `(${formatFilter(inner)})` : formatFilter(inner);
}
