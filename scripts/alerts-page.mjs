// docs/alerts.md: every rule with what it means, and which of them fired in which incident (`npm run alerts:proof`).
import { readFileSync } from "node:fs";
import { expandGlob, parseRuleFile } from "../dist/src/rules/index.js";

/** The page, from the rule files, their runbooks and what the proof left. */
export function alertsPage() {
  const proof = JSON.parse(readFileSync("dashboards/alerts/proof.json", "utf8"));
  return [
    "# Alerts",
    "",
    "Rules for Loki's ruler and for Prometheus, in `dashboards/alerts`. Each has unit tests beside it (`npm run test:rules`,",
    "`promtool test rules`) and a page that says what to do. `page` wakes somebody, `ticket` waits for the morning, `none` is",
    "a heartbeat or a test. This page is generated from them by `npm run generate`.",
    "",
    "## On logs",
    "",
    ...rulesTable("loki"),
    "",
    "## On metrics",
    "",
    ...rulesTable("prometheus"),
    "",
    "## Which log alert fires in which incident",
    "",
    "`npm run alerts:proof` runs the demo's two services as real processes, under real traffic, in calm and in every incident,",
    "gives each line they wrote the labels that the collector gives it, and evaluates every rule once a minute. Alerts look",
    `back over hours, so time is stretched: a second of a run is ${proof.minutesPerSecond} minutes of logs. Each incident follows the calm. The`,
    "errors that calm traffic has too were seen before it, as on any day. `npm test` does the same, and fails where an alert",
    "that must fire is silent.",
    "",
    "**bold**: it must fire. Plain: it fired as well in the run that wrote this page, mostly with good reason: a crash is",
    "an error of a new type too. `LogWatchdog` fires always, and is left out.",
    "",
    "| incident | what happens | fires |",
    "|---|---|---|",
    `| none | calm traffic, for ${proof.calm.minutes} minutes | ${firedCell(proof.calm.fired, [])} |`,
    ...proof.incidents.map(
      ({ name, about, alerts, fired }) => `| ${name} | ${about} | ${firedCell(fired, alerts)} |`,
    ),
    "",
  ].join("\n");
}

function rulesTable(room) {
  const rules = expandGlob(`dashboards/alerts/${room}/*.yml`)
    .flatMap((path) => parseRuleFile(readFileSync(path, "utf8"), path).file.groups)
    .flatMap((group) => group.rules)
    .filter((rule) => rule.kind === "alert");
  return [
    "| alert | severity | what it means |",
    "|---|---|---|",
    ...rules.map(
      ({ name, labels }) =>
        `| [${name}](../dashboards/runbooks/${name}.md) | ${labels.severity} | ${meaning(name)} |`,
    ),
  ];
}

/** The first sentence of its runbook. */
function meaning(name) {
  const [, paragraph = ""] = readFileSync(`dashboards/runbooks/${name}.md`, "utf8").split("\n\n");
  const text = paragraph
    .replace(/\s+/g, " ")
    .replaceAll("|", "\\|")
    .replace(/\[([^\]]+)\]\([^)]+\)/g, "$1");
  return /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;
}

function firedCell(fired, must) {
  const shown = fired.filter((name) => name !== "LogWatchdog");
  const names = [...must, ...shown.filter((name) => !must.includes(name))];
  return names.map((name) => (must.includes(name) ? `**${name}**` : name)).join(", ") || "nothing";
}
