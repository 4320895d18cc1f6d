import type { Entry } from "../labels/entry.ts";
import type { ParserHints } from "./hints.ts";
import { walkObject } from "./json-object.ts";
import { JsonProblem, skipSpace, unescapeJson } from "./json-scan.ts";
import { parsedLabelName, sanitizeLabelName } from "./label-name.ts";
import type { ParserOutput } from "./parser-output.ts";
import type { StageRunner } from "./stage-runner.ts";

/** `| unpack`: undo Promtail's and Alloy's pack stage: `_entry` becomes the line, the other strings labels. */
export function unpackStage(hints: ParserHints, output: ParserOutput): StageRunner {
  if (hints.required?.size === 0) return () => true;
  return (entry) => entry.line === "" || unpack(entry, output);
}

function unpack(entry: Entry, output: ParserOutput): boolean {
  const { line } = entry;
  if (line.charCodeAt(skipSpace(line, 0, line.length)) !== 0x7b) {
    output.fail(entry, "JSONParserErr", "expecting json object(6), but it is not");
    return true;
  }
  try {
    const members = stringMembers(line);
    const packed = members.find(([key]) => key === "_entry");
    if (!packed) return true;
    const earlier = new Set(
      members.map(([key]) => labelOf(entry, key)).filter((name) => entry.isChanged(name)),
    );
    for (const [key, value] of members) {
      const label = labelOf(entry, key);
      if (label !== "" && !earlier.has(label) && !output.set(entry, label, value)) return false;
    }
    entry.line = packed[1];
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    output.fail(entry, "JSONParserErr", error.message);
  }
  return true;
}

// Of a key that comes twice the last counts, but not over what an earlier stage set.
function labelOf(entry: Entry, key: string): string {
  return key === "_entry" ? "" : parsedLabelName(entry, sanitizeLabelName(key));
}

function stringMembers(line: string): [string, string][] {
  const members: [string, string][] = [];
  let key = "";
  walkObject(
    line,
    { start: 0, end: line.length },
    {
      wants: (text, start, end) => {
        key = unescapeJson(text.slice(start, end));
        return (
          text.charCodeAt(skipSpace(text, skipSpace(text, end + 1, line.length) + 1, line.length)) === 0x22
        );
      },
      value: (value) => {
        members.push([key, value]);
        return false;
      },
      object: () => false,
    },
  );
  return members;
}
