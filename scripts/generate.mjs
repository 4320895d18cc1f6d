// Writes what derives from the tables in src: run `npm run generate` after changing one of them.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { configurationPage } from "../dist/src/config/configuration-page.js";
import { fieldsPage } from "../dist/src/contract/fields-page.js";
import { logSchema } from "../dist/src/contract/json-schema.js";
import { errorCodes } from "../dist/src/errors.js";
import { lintsPage } from "../dist/src/rules/lint/lints-page.js";

const files = {
  "dashboards/log-schema.json": `${JSON.stringify(logSchema(), null, 2)}\n`,
  "docs/configuration.md": configurationPage(),
  "docs/errors.md": errorsPage(),
  "docs/fields.md": fieldsPage(),
  "docs/lints.md": lintsPage(),
};

const check = process.argv.includes("--check");
const stale = Object.entries(files).filter(([path, text]) => read(path) !== text);
for (const [path, text] of stale) {
  if (check) console.error(`${path} is not what its table says: run npm run generate`);
  else {
    mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
}
if (check && stale.length > 0) process.exit(1);

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

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined; // Not written yet.
  }
}
