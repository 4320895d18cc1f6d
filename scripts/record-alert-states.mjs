// Records at which minutes Prometheus has an alert firing: node scripts/record-alert-states.mjs (needs promtool).
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "states-"));
const minutes = 40;
const waits = ["0s", "30s", "1m", "2m", "5m"];
const keeps = ["0s", "1m", "90s", "3m"];

// A fixed sequence, so that a second recording differs only where Prometheus does.
let seed = 1;
function random() {
  seed = (seed * 48271) % 2147483647;
  return seed / 2147483647;
}

const cases = waits.flatMap((wait) =>
  keeps.flatMap((keep) =>
    [0.3, 0.6, 0.85].map((share) => {
      let on = random() < 0.5;
      const present = Array.from({ length: minutes }, () => {
        if (random() < 0.35) on = random() < share;
        return on ? "1" : "0";
      });
      return { for: wait, keep_firing_for: keep, present: present.join("") };
    }),
  ),
);

const rules = cases.map((one, i) => ({
  alert: `S${i}`,
  expr: `up{case="${i}"} == 1`,
  for: one.for,
  ...(one.keep_firing_for === "0s" ? {} : { keep_firing_for: one.keep_firing_for }),
}));
const series = cases.map(({ present }, i) => ({
  series: `up{case="${i}"}`,
  values: Array.from(present).join(" "),
}));
const checks = cases.flatMap((_, i) =>
  Array.from({ length: minutes }, (_, minute) => ({
    alertname: `S${i}`,
    eval_time: `${minute}m`,
    exp_alerts: [],
  })),
);
writeFileSync(join(folder, "rules.yml"), JSON.stringify({ groups: [{ name: "g", rules }] }));
const test = { interval: "1m", input_series: series, alert_rule_test: checks };
writeFileSync(
  join(folder, "test.yml"),
  JSON.stringify({ rule_files: ["rules.yml"], evaluation_interval: "1m", tests: [test] }),
);
const { stdout, stderr } = spawnSync("promtool", ["test", "rules", join(folder, "test.yml")], {
  encoding: "utf8",
  maxBuffer: 1e9,
});

const firing = cases.map(() => new Array(minutes).fill("0"));
for (const [, name, hours, mins] of (stdout + stderr).matchAll(
  /alertname: S(\d+), time: (?:(\d+)h)?(?:(\d+)m)?/g,
)) {
  firing[Number(name)][Number(hours ?? 0) * 60 + Number(mins ?? 0)] = "1";
}
const recorded = cases.map((one, i) => ({ ...one, firing: firing[i].join("") }));
const [recordedWith] = execFileSync("promtool", ["--version"], { encoding: "utf8" }).split(" (");
const path = new URL("../test/rules/golden/states.json", import.meta.url);
writeFileSync(path, `${JSON.stringify({ recordedWith, cases: recorded }, null, 1)}\n`);
console.log(`${recorded.length} cases over ${minutes} minutes recorded with ${recordedWith}`);
