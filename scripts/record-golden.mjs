// Records what a running Loki answers to the golden queries:
//   node scripts/record-golden.mjs --url http://127.0.0.1:3100 [--base SECONDS] [--set found]
// Loki has to take structured metadata and old samples, leave labels and levels alone (discover_service_name: [],
// discover_log_levels: false), and hold nothing else under the corpus' `app` labels.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    url: { type: "string" },
    base: { type: "string" },
    version: { type: "string" },
    set: { type: "string", default: "." },
  },
});
if (!values.url) {
  console.error(
    "usage: node scripts/record-golden.mjs --url http://127.0.0.1:3100 [--base SECONDS] [--version 3.7.6] [--set found]",
  );
  process.exit(2);
}

const folder = new URL(`../test/logql/golden/${values.set}/`, import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
const corpus = read("corpus.json");
const queries = read("queries.json");
// A whole minute some time back, so that the range queries' steps fall on round times, whatever Loki aligns.
const base = Number(values.base ?? Math.floor(Date.now() / 60_000) * 60 - 3600);
const ns = (seconds) => (BigInt(base) * 1_000_000_000n + BigInt(Math.round(seconds * 1e9))).toString();

async function push() {
  const streams = corpus.streams.map(({ labels, entries }) => ({
    stream: labels,
    values: entries.map(([at, line, metadata]) => (metadata ? [ns(at), line, metadata] : [ns(at), line])),
  }));
  const response = await fetch(`${values.url}/loki/api/v1/push`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ streams }),
  });
  if (!response.ok) throw new Error(`push: ${response.status} ${await response.text()}`);
}

function request(query) {
  if (query.type === "instant") {
    return ["query", { query: query.query, time: ns(query.at ?? 300) }];
  }
  const {
    start = 0,
    end = query.type === "log" ? 600 : 300,
    step = 30,
    limit = 1000,
    direction = "forward",
  } = query;
  const range = { query: query.query, start: ns(start), end: ns(end), limit: String(limit), direction };
  return ["query_range", query.type === "range" ? { ...range, step: String(step) } : range];
}

async function ask(query) {
  const [path, parameters] = request(query);
  const response = await fetch(`${values.url}/loki/api/v1/${path}?${new URLSearchParams(parameters)}`);
  const text = await response.text();
  if (!response.ok) return { status: response.status, error: text.trim().split("\n")[0].slice(0, 300) };
  const { resultType, result } = JSON.parse(text).data;
  return { status: 200, resultType, result };
}

async function buildVersion() {
  if (values.version) return values.version;
  const response = await fetch(`${values.url}/loki/api/v1/status/buildinfo`);
  return (await response.json()).version || "unknown";
}

await push();
const answers = {};
for (const [group, list] of Object.entries(queries)) {
  answers[group] = [];
  for (const query of list) answers[group].push(await ask(query));
  console.log(`${group}: ${list.length}`);
}
const lines = Object.entries(answers).map(
  ([group, list]) =>
    `    ${JSON.stringify(group)}: [\n${list.map((answer) => `      ${JSON.stringify(answer)}`).join(",\n")}\n    ]`,
);
const header = `  "loki": ${JSON.stringify(await buildVersion())},\n  "base": ${base}`;
writeFileSync(
  new URL("answers.json", folder),
  `{\n${header},\n  "answers": {\n${lines.join(",\n")}\n  }\n}\n`,
);
