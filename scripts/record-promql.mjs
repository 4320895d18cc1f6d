// Records what a running Prometheus answers to the golden queries:
//   node scripts/record-promql.mjs --url http://127.0.0.1:9090 [--base SECONDS]
// Prometheus has to take remote writes (--web.enable-remote-write-receiver) and hold nothing else: give it an empty
// --storage.tsdb.path and a configuration without scrapes.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: { url: { type: "string" }, base: { type: "string" }, version: { type: "string" } },
});
if (!values.url) {
  console.error(
    "usage: node scripts/record-promql.mjs --url http://127.0.0.1:9090 [--base SECONDS] [--version 3.14.0]",
  );
  process.exit(2);
}

const folder = new URL("../test/promql/golden/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
const corpus = read("corpus.json");
const queries = read("queries.json");
// A whole minute some time back: Prometheus takes no samples that are much older.
const base = Number(values.base ?? Math.floor(Date.now() / 60_000) * 60 - 1800);

// The few parts of protocol buffers and of snappy's block format that a remote write needs.
function varint(value) {
  const bytes = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}
function message(field, ...parts) {
  const body = Buffer.concat(parts);
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body]);
}
function double(value) {
  const bytes = Buffer.alloc(8);
  if (value === "stale") bytes.writeBigUInt64LE(0x7ff0000000000002n);
  else bytes.writeDoubleLE(Number(String(value).replace("Inf", "Infinity")));
  return Buffer.concat([Buffer.from([9]), bytes]);
}
function series({ labels, samples }) {
  const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return message(
    1,
    ...pairs.map(([name, value]) =>
      message(1, message(1, Buffer.from(name)), message(2, Buffer.from(value))),
    ),
    ...samples.map(([at, value]) =>
      message(2, double(value), Buffer.from([16]), varint(Math.round((base + at) * 1000))),
    ),
  );
}
function snappy(bytes) {
  const chunks = [varint(bytes.length)];
  for (let at = 0; at < bytes.length; at += 65_536) {
    const literal = bytes.subarray(at, at + 65_536);
    const length = literal.length - 1;
    chunks.push(Buffer.from([61 * 4, length & 0xff, length >> 8]), literal);
  }
  return Buffer.concat(chunks);
}

async function push() {
  const response = await fetch(`${values.url}/api/v1/write`, {
    method: "POST",
    headers: {
      "content-encoding": "snappy",
      "content-type": "application/x-protobuf",
      "x-prometheus-remote-write-version": "0.1.0",
    },
    body: snappy(Buffer.concat(corpus.series.map(series))),
  });
  if (!response.ok) throw new Error(`write: ${response.status} ${await response.text()}`);
}

async function ask(path, parameters) {
  const response = await fetch(`${values.url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
  const { data, errorType, error } = await response.json();
  return response.ok ? { status: 200, ...data } : { status: response.status, errorType, error };
}

// Every query is asked at one time and over a range.
async function record(query) {
  const instant = await ask("query", { query, time: base + 600 });
  const range = await ask("query_range", { query, start: base, end: base + 900, step: 60 });
  return { query, instant, range };
}

await push();
const { version } = (await (await fetch(`${values.url}/api/v1/status/buildinfo`)).json()).data;
const groups = [];
for (const [group, list] of Object.entries(queries)) {
  const answers = [];
  for (const query of list) answers.push(`      ${JSON.stringify(await record(query))}`);
  groups.push(`    ${JSON.stringify(group)}: [\n${answers.join(",\n")}\n    ]`);
  console.log(`${group}: ${list.length}`);
}
writeFileSync(
  new URL("answers.json", folder),
  `{\n  "prometheus": ${JSON.stringify(values.version ?? (version || "unknown"))},\n  "base": ${base},\n  "answers": {\n${groups.join(",\n")}\n  }\n}\n`,
);
