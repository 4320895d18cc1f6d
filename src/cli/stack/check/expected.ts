import { basename, dirname } from "node:path";
import { parse } from "yaml";
import { usageError } from "../../command.ts";
import { readText } from "../../files.ts";
import { listAt, textAt } from "../shape.ts";

/** The names of the rules that files hold, by the engine that their folder is called after. */
export function expectedRules(files: readonly string[]): Record<"loki" | "prometheus", readonly string[]> {
  const names: Record<"loki" | "prometheus", string[]> = { loki: [], prometheus: [] };
  for (const file of files) {
    const engine = basename(dirname(file));
    if (engine !== "loki" && engine !== "prometheus") {
      throw usageError(
        `--rules ${file}: its folder must be called loki or prometheus, after the engine that loads it`,
      );
    }
    const groups = listAt(parse(readText(file)), "groups");
    const rules = groups.flatMap((group) => listAt(group, "rules"));
    names[engine].push(...rules.map((rule) => textAt(rule, "alert") || textAt(rule, "record")));
  }
  return names;
}

/** The uids of the dashboards that files hold. */
export function expectedDashboards(files: readonly string[]): readonly string[] {
  return files.map((file) => {
    const uid = textAt(parse(readText(file)), "uid");
    if (uid === "") throw usageError(`--dashboards ${file}: it has no uid`);
    return uid;
  });
}
