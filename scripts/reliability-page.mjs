// Puts the figures that the fault matrix left in build/faults together as docs/reliability.md: npm run reliability.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, platform, release } from "node:os";

const folder = "build/faults";
const chapters = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8")));
const { version: pino } = JSON.parse(readFileSync("node_modules/pino/package.json", "utf8"));
const cpu = cpus();

const page = [
  "# Reliability",
  "",
  "What happens to log lines, and to the service, when something breaks: the kit beside pino as it comes. Every row is",
  "a real process with real pipes, signals and file systems (`test/faults`). `npm run test:faults` checks the promises",
  "with a few runs each and, as it also runs on busy machines, at twice the limits of time and memory; `npm run",
  "reliability` holds the limits themselves, and writes this page.",
  "",
  `Measured on Node ${process.version}, pino ${pino}, ${platform()} ${release()} ${arch()}, ${cpu.length} cores (${cpu[0]?.model.trim()}).`,
  "",
  ...chapters.flatMap(({ title, figures }) => [`## ${title}`, "", ...table(figures), ""]),
  readFileSync("scripts/reliability-limits.md", "utf8").trimEnd(),
  "",
];
writeFileSync("docs/reliability.md", page.join("\n"));
console.log("wrote docs/reliability.md");

function table(figures) {
  return [
    "| fault | promise | kit | pino |",
    "|---|---|---|---|",
    ...figures.map(({ fault, promise, kit, pino = "" }) =>
      ["", fault, promise, kit, pino, ""].map(cell).join("|"),
    ),
  ];
}

function cell(text, index, all) {
  return index === 0 || index === all.length - 1 ? "" : ` ${text.replaceAll("|", "\\|")} `;
}
