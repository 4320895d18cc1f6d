import { basename } from "node:path";
import { stringify } from "yaml";
import { alertAnswer, formatDurationMs, type Rule, rulesAnswer } from "../../rules/index.ts";
import type { Endpoint } from "./api.ts";
import { ApiError, json } from "./api-message.ts";

/** GET /prometheus/api/v1/rules */
export const rules: Endpoint = ({ parameters }, { ruler }) => {
  const type = parameters.text("type");
  if (type !== "" && type !== "alert" && type !== "record")
    throw new ApiError(`not supported value ${JSON.stringify(type)}`);
  const wanted = (name: string): string[] => [...parameters.texts(name), ...parameters.texts(`${name}[]`)];
  const groups = rulesAnswer(ruler.groups, {
    kind: type === "" ? undefined : type,
    files: wanted("file"),
    groups: wanted("rule_group"),
    rules: wanted("rule_name"),
  });
  return answer({ groups });
};

/** GET /prometheus/api/v1/alerts */
export const alerts: Endpoint = (_, { ruler }) => answer({ alerts: ruler.active().map(alertAnswer) });

/** GET /loki/api/v1/rules: the rules as they are written in files. */
export const ruleFiles: Endpoint = ({ name }, { ruler }) => {
  const files: Record<string, object[]> = {};
  for (const { file, group } of ruler.groups) {
    const namespace = basename(file);
    if (name !== "" && namespace !== name) continue;
    files[namespace] ??= [];
    const { intervalMs } = group;
    files[namespace].push({
      name: group.name,
      ...(intervalMs && { interval: formatDurationMs(intervalMs) }),
      rules: group.rules.map(ruleText),
    });
  }
  if (Object.keys(files).length === 0) throw new ApiError("no rule groups found", 404);
  return { status: 200, contentType: "application/yaml", body: stringify(files, { lineWidth: 0 }) };
};

function answer(data: object): ReturnType<Endpoint> {
  return json({ status: "success", data, errorType: "", error: "" }, "application/json");
}

function ruleText(rule: Rule): object {
  const name = rule.kind === "alert" ? { alert: rule.name } : { record: rule.name };
  const waits = rule.kind === "alert" && rule.forMs > 0 ? { for: formatDurationMs(rule.forMs) } : {};
  const keeps =
    rule.kind === "alert" && rule.keepFiringForMs > 0
      ? { keep_firing_for: formatDurationMs(rule.keepFiringForMs) }
      : {};
  const labels = Object.keys(rule.labels).length > 0 ? { labels: rule.labels } : {};
  const annotations =
    rule.kind === "alert" && Object.keys(rule.annotations).length > 0
      ? { annotations: rule.annotations }
      : {};
  return { ...name, expr: rule.expr, ...waits, ...keeps, ...labels, ...annotations };
}
