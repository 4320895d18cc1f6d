// Coverage of everything that runs: in the tests' own process, and in the programs they start, which run the built
// package. What those ran is added by source line; below the limit it fails.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import coverage from "istanbul-lib-coverage";
import report from "istanbul-lib-report";
import reports from "istanbul-reports";
import v8ToIstanbul from "v8-to-istanbul";

const minPercent = 95;
const folder = `${process.cwd()}/coverage`;
const children = `${folder}/children`;

rmSync(folder, { recursive: true, force: true });
run("npx", ["tsc", "-p", "tsconfig.build.json", "--sourceMap"]);
run("npx", ["vitest", "run", "--coverage", "--coverage.reporter=json", "--coverage.thresholds.lines=0"]);

const all = coverage.createCoverageMap(JSON.parse(readFileSync(`${folder}/coverage-final.json`, "utf8")));
const map = coverage.createCoverageMap({});
for (const file of all
  .files()
  .filter((path) => /^\/(?:src|adapters)\//.test(path.slice(process.cwd().length)))) {
  map.addFileCoverage(all.fileCoverageFor(file));
}
for (const script of childScripts()) addLines(await toIstanbul(script));

const context = report.createContext({ dir: folder, coverageMap: map });
for (const kind of ["text", "text-summary", "json-summary"]) reports.create(kind).execute(context);
const { pct } = map.getCoverageSummary().lines;
if (pct < minPercent) {
  console.error(`${pct} % of lines are covered; at least ${minPercent} % must be`);
  process.exit(1);
}

/** What every child process reported of the built package's own files. */
function childScripts() {
  return readdirSync(children).flatMap((file) => {
    const { result } = JSON.parse(readFileSync(`${children}/${file}`, "utf8"));
    return result.filter(({ url }) => url.startsWith(`file://${process.cwd()}/dist/`));
  });
}

/** Count the statements on the lines that a child process ran. Statements are vitest's: the children's know only lines. */
function addLines(ofChild) {
  for (const [file, { statementMap, s: counts }] of Object.entries(ofChild)) {
    if (!map.files().includes(file)) continue;
    const ran = new Set(
      Object.keys(counts)
        .filter((id) => counts[id] > 0)
        .map((id) => statementMap[id].start.line),
    );
    const { data } = map.fileCoverageFor(file);
    for (const [id, { start }] of Object.entries(data.statementMap)) if (ran.has(start.line)) data.s[id] += 1;
  }
}

async function toIstanbul({ url, functions }) {
  const converter = v8ToIstanbul(fileURLToPath(url), 0);
  await converter.load();
  converter.applyCoverage(functions);
  return converter.toIstanbul();
}

function run(command, args) {
  const { status } = spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, CHILD_COVERAGE: children },
  });
  if (status !== 0) process.exit(status ?? 1);
}
