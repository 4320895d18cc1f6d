// Writes what derives from the tables in src: run `npm run generate` after changing one of them.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dashboardFiles } from "../build/dashboards/source/index.js";
import { configurationPage } from "../dist/src/config/configuration-page.js";
import { fieldsPage } from "../dist/src/contract/fields-page.js";
import { logSchema } from "../dist/src/contract/json-schema.js";
import { errorCodes } from "../dist/src/errors.js";
import { lintsPage } from "../dist/src/rules/lint/lints-page.js";
import { alertsPage } from "./alerts-page.mjs";
import { kubernetesFiles } from "./kubernetes.mjs";

const fromTables = () => ({
  ...dashboardFiles(),
  "dashboards/log-schema.json": `${JSON.stringify(logSchema(), null, 2)}\n`,
  "docs/alerts.md": alertsPage(),
  "docs/configuration.md": configurationPage(optionMeanings()),
  "docs/errors.md": errorsPage(),
  "docs/fields.md": fieldsPage(),
  "docs/lints.md": lintsPage(),
});

const check = process.argv.includes("--check");
// In this order: the manifests are made from the dashboards' files.
for (const files of [fromTables, kubernetesFiles]) bringUpToDate(files());

function bringUpToDate(files) {
  const stale = Object.entries(files).filter(([path, text]) => read(path) !== text);
  if (check && stale.length > 0) process.exitCode = 1;
  for (const [path, text] of stale) {
    if (check) console.error(`${path} is not what its table says: run npm run generate`);
    else {
      mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      writeFileSync(path, text);
      console.log(`wrote ${path}`);
    }
  }
}

function errorsPage() {
  const rows = Object.entries(errorCodes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  return [
    "# Errors",
    "",
    "Taffrail throws one class, `TaffrailError`, only while starting, never into a request. Its `code` is one of these.",
    "This page is generated from `src/errors.ts` by `npm run generate`.",
    "",
    "| code | meaning |",
    "|---|---|",
    ...rows,
    "",
  ].join("\n");
}

/** The first sentence of every option's doc comment, by option path. */
function optionMeanings() {
  const source = readFileSync("src/config/options.ts", "utf8");
  const meanings = {};
  for (const [, name, body] of source.matchAll(/export interface (\w+)Options \{([\s\S]*?)\n\}/g)) {
    const group = name === "Taffrail" ? "" : `${name.charAt(0).toLowerCase()}${name.slice(1)}.`;
    for (const [, comment, option] of body.matchAll(/\/\*\*([\s\S]*?)\*\/\s*readonly (\w+)\??:/g)) {
      const text = comment.replace(/\n\s*\* ?/g, " ").trim();
      meanings[group + option] ??= text.split(" @default")[0];
    }
  }
  return meanings;
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined; // Not written yet.
  }
}
