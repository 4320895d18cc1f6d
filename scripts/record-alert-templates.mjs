// Records what Prometheus makes of alert templates: node scripts/record-alert-templates.mjs (needs promtool on the path).
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const path = new URL("../test/rules/golden/templates.json", import.meta.url);
const { cases, invalid } = JSON.parse(readFileSync(path, "utf8"));
const folder = mkdtempSync(join(tmpdir(), "templates-"));
const special = /^-?Inf$|^NaN$/;

// JSON is YAML.
function writeRules(rules) {
  writeFileSync(join(folder, "rules.yml"), JSON.stringify({ groups: [{ name: "g", rules }] }));
}

function outputsOf(list) {
  writeRules(
    list.map(({ template, value }, i) => ({
      alert: `T${i}`,
      expr: `up{case="${i}"}${special.test(value) ? ` * ${value}` : ""}`,
      annotations: { t: `[${template}]` },
    })),
  );
  const series = list.map(({ value }, i) => ({
    series: `up{case="${i}",job="shop",instance="web-1.example:8080"}`,
    values: `${special.test(value) ? 1 : value}x5`,
  }));
  const checks = list.map((_, i) => ({ alertname: `T${i}`, eval_time: "1m", exp_alerts: [] }));
  const test = { input_series: series, alert_rule_test: checks, external_labels: { cluster: "eu" } };
  writeFileSync(join(folder, "test.yml"), JSON.stringify({ rule_files: ["rules.yml"], tests: [test] }));
  const { stdout, stderr } = spawnSync("promtool", ["test", "rules", join(folder, "test.yml")], {
    encoding: "utf8",
  });
  const outputs = new Map();
  const got = /alertname="T(\d+)"[^\n]*\n\s*Annotations:\{t=("(?:[^"\\]|\\.)*")/g;
  for (const [, name, text] of (stdout + stderr).matchAll(got)) {
    outputs.set(
      Number(name),
      JSON.parse(text.replace(/\\x([0-9a-f]{2})/g, "\\u00$1").replaceAll("\\a", "\\u0007")),
    );
  }
  if (outputs.size === 0) throw new Error(stdout + stderr);
  return outputs;
}

const outputs = outputsOf(cases);
const recorded = cases.map(({ template, value }, i) => ({ template, value, output: outputs.get(i) ?? null }));
const refused = invalid.map(({ template }) => {
  writeRules([{ alert: "T", expr: "up", annotations: { t: template } }]);
  const { status, stdout, stderr } = spawnSync("promtool", ["check", "rules", join(folder, "rules.yml")], {
    encoding: "utf8",
  });
  if (status === 0) throw new Error(`promtool accepts ${template}`);
  return { template, error: /annotation "t": ([^\n]*)/.exec(stdout + stderr)?.[1] ?? "" };
});
const [recordedWith] = execFileSync("promtool", ["--version"], { encoding: "utf8" }).split(" (");
writeFileSync(path, `${JSON.stringify({ recordedWith, invalid: refused, cases: recorded }, null, 1)}\n`);
console.log(`${outputs.size} of ${cases.length} recorded with ${recordedWith}`);
