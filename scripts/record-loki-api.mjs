// Records what a running Loki answers to the calls of test/loki/golden/calls.json:
//   node scripts/record-loki-api.mjs --url http://127.0.0.1:3100 --version 3.7.6
// Loki has its defaults, but takes old samples, and holds nothing else.
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { url: { type: "string" }, version: { type: "string" } } });
if (!values.url || !values.version) {
  console.error("usage: node scripts/record-loki-api.mjs --url http://127.0.0.1:3100 --version 3.7.6");
  process.exit(2);
}
const folder = new URL("../test/loki/golden/", import.meta.url);
const { corpus, calls } = JSON.parse(readFileSync(new URL("calls.json", folder), "utf8"));
// A whole minute, so that the steps of range queries fall on round times.
const base = Math.floor(Date.now() / 60_000) * 60;
const at = (text) =>
  text.replace(/@(-?[\d.]+)/g, (_, seconds) => `${base * 1000 + Number(seconds) * 1000}000000`);

async function ask({ method = "GET", path, parameters, headers = {}, body }) {
  const query = new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, at(value)]));
  const init = { method, headers, ...(body !== undefined && { body: at(body) }) };
  const answer = await fetch(`${values.url}${path}?${query}`, init);
  return { status: answer.status, type: answer.headers.get("content-type") ?? "", text: await answer.text() };
}

const headers = { "content-type": "application/json" };
const body = JSON.stringify({ streams: corpus });
const pushed = await ask({ method: "POST", path: "/loki/api/v1/push", parameters: {}, headers, body });
if (pushed.status !== 204) throw new Error(`push: ${pushed.status} ${pushed.text}`);
await setTimeout(1_000);
const answers = [];
for (const call of calls) {
  const { status, type, text } = await ask(call);
  const json = type.includes("json") ? JSON.parse(text) : undefined;
  // Statistics are Loki's own affair.
  if (json?.data?.stats) json.data.stats = Object.keys(json.data.stats);
  answers.push(json === undefined ? { status, type, text } : { status, type, json });
}
const lines = answers.map((answer) => `    ${JSON.stringify(answer)}`).join(",\n");
const text = `{\n  "loki": ${JSON.stringify(values.version)},\n  "base": ${base},\n  "answers": [\n${lines}\n  ]\n}\n`;
writeFileSync(new URL("answers.json", folder), text);
