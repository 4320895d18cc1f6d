import type { Profile } from "../profile.ts";
import type { Stage } from "../syntax/ast.ts";

const parsers: ReadonlySet<string> = new Set(["json", "logfmt", "regexp", "pattern", "unpack"]);

/** The stages that are run, in their order, where that is not what was written. */
export function stagesRun(
  written: readonly Stage[],
  { profile, readsLines }: { profile: Profile; readsLines?: boolean },
): readonly Stage[] {
  const ordered = profile.lineFiltersMoveForward ? filtersFirst(written) : written;
  return profile.unreadLineFormatsSkipped && readsLines === false ? withoutUnreadLines(ordered) : ordered;
}

/** Tell whether a stage makes labels of the line. */
export function isParser({ kind }: Stage): boolean {
  return parsers.has(kind);
}

/** Line filters go before the stages that do not write the line, as in Loki, for speed; decolorize is not seen as one. */
function filtersFirst(stages: readonly Stage[]): Stage[] {
  const ordered: Stage[] = [];
  let boundary = 0;
  for (const stage of stages) {
    if (stage.kind === "line-filter") ordered.splice(boundary++, 0, stage);
    else ordered.push(stage);
    if (stage.kind === "line_format" || stage.kind === "unpack") boundary = ordered.length;
  }
  return ordered;
}

// Where nothing reads the line that a line_format writes, it is not run, and cannot fail.
function withoutUnreadLines(stages: readonly Stage[]): readonly Stage[] {
  const lastReader = stages.findLastIndex((stage) => stage.kind === "line-filter" || isParser(stage));
  return stages.filter(({ kind }, i) => kind !== "line_format" || i < lastReader);
}
