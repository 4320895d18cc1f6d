import { parse } from "../../logql/index.ts";
import { IngestError } from "./ingest-error.ts";

type Labels = Readonly<Record<string, string>>;

// The same few streams come with every push.
const known: Map<string, Labels> = new Map();
const maxKnown = 1_000;

/** Read a stream's labels as protobuf carries them: `{app="shop", level="info"}`. @throws IngestError */
export function parseStreamLabels(text: string): Labels {
  const before = known.get(text);
  if (before) return before;
  if (known.size >= maxKnown) known.clear();
  const labels = /^\s*\{\s*\}\s*$/.test(text) ? {} : read(text);
  known.set(text, labels);
  return labels;
}

function read(text: string): Labels {
  try {
    const expression = parse(text);
    if (expression.kind === "log" && expression.selector.every(({ operator }) => operator === "="))
      return Object.fromEntries(expression.selector.map(({ name, value }) => [name, value]));
  } catch (cause) {
    throw new IngestError(`couldn't parse labels: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  throw new IngestError(`couldn't parse labels: ${JSON.stringify(text)} is no set of labels`);
}
