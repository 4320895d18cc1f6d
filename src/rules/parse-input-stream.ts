import { parseLabelText } from "./label-text.ts";
import type { InputEntry, InputStream } from "./test-file.ts";
import type { YamlNode } from "./yaml-node.ts";

const streamKeys = ["labels", "structured_metadata", "lines", "entries"];
const entryKeys = ["at", "every", "repeat", "line", "json", "metadata"];

// They are held in memory, for a test that should take milliseconds.
const maxLines = 1_000_000;

/** Parse one member of `input_streams`: `lines` an interval apart from time zero on, and `entries` at times of their own. */
export function parseInputStream(node: YamlNode, intervalMs: number): InputStream {
  const members = node.members("an input stream", streamKeys);
  const metadata = parseLabels(members.get("structured_metadata"), "structured_metadata");
  const lines = (members.get("lines")?.items("lines") ?? []).map(
    (line, i): InputEntry => ({
      atMs: i * intervalMs,
      everyMs: 0,
      repeat: 1,
      line: line.text("a line") ?? "",
      metadata,
    }),
  );
  const entries = (members.get("entries")?.items("entries") ?? []).map((entry) => {
    const parsed = parseEntry(entry, intervalMs);
    return { ...parsed, metadata: { ...metadata, ...parsed.metadata } };
  });
  if (!members.has("labels")) node.report('an input stream needs labels, such as {service_name="shop"}');
  const count = entries.reduce((sum, { repeat }) => sum + repeat, lines.length);
  if (count > maxLines)
    node.report(`an input stream has at most ${maxLines} lines, not ${count}: see repeat`);
  return { labels: parseLabels(members.get("labels"), "labels"), entries: [...lines, ...entries] };
}

/** Read labels from text, `{a="b"}`, or from a mapping. */
export function parseLabels(node: YamlNode | undefined, what: string): Record<string, string> {
  if (!node) return {};
  if (node.isMapping) return node.texts(what);
  const labels = parseLabelText(node.text(what) ?? "{}");
  if (typeof labels !== "string") return labels;
  node.report(`${what}: ${labels}`);
  return {};
}

function parseEntry(node: YamlNode, intervalMs: number): InputEntry {
  const members = node.members("an entry", entryKeys);
  const [line, json] = [members.get("line"), members.get("json")];
  if ((line === undefined) === (json === undefined)) node.report("an entry has either line or json");
  if (json && !json.isMapping) json.report("json must be a mapping; write any other line with line");
  return {
    atMs: members.get("at")?.duration("at") ?? 0,
    everyMs: members.get("every")?.duration("every") ?? intervalMs,
    repeat: members.get("repeat")?.count("repeat") ?? 1,
    line: line ? (line.text("line") ?? "") : JSON.stringify(json?.plain() ?? {}),
    metadata: parseLabels(members.get("metadata"), "metadata"),
  };
}
