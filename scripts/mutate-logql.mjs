// Plants the bugs of logql-mutations.json into a copy of src/logql, one at a time, and checks that the tests notice each:
//   node scripts/mutate-logql.mjs [part of a name]
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Each: what is broken, the file under src/logql, a text that occurs once in it, what stands there instead, the test file
// and the part of the test names that must notice.
const mutations = JSON.parse(readFileSync(new URL("logql-mutations.json", import.meta.url), "utf8"));
const wanted = process.argv[2] ?? "";
const root = process.cwd();
const copy = mkdtempSync(join(tmpdir(), "logql-mutants-"));
for (const part of [
  "src/logql",
  "test/logql",
  "test/support",
  "vitest.config.ts",
  "package.json",
  "tsconfig.json",
]) {
  cpSync(join(root, part), join(copy, part), { recursive: true });
}
symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));

// A planted bug may hang a worker of vitest, which outlives its parent: the whole group has to go.
function testsPass(file, names) {
  const filter = names === "" ? [] : ["-t", names];
  const run = spawn("npx", ["vitest", "run", file, "--bail", "1", ...filter], {
    cwd: copy,
    detached: true,
    stdio: "ignore",
  });
  const timer = setTimeout(() => process.kill(-run.pid, "SIGKILL"), 120_000);
  return new Promise((resolve) => {
    run.once("exit", (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}

let survived = 0;
const chosen = mutations.filter(({ name }) => name.includes(wanted));
for (const key of new Set(chosen.map(({ test, names }) => JSON.stringify([test, names])))) {
  if (!(await testsPass(...JSON.parse(key))))
    throw new Error(`the tests fail before any bug is planted: ${key}`);
}
for (const { name, file, text, replacement, test, names } of chosen) {
  const path = join(copy, "src/logql", file);
  const source = readFileSync(path, "utf8");
  if (source.split(text).length !== 2)
    throw new Error(`${name}: the text must occur once in ${file}: ${text}`);
  writeFileSync(
    path,
    source.replace(text, () => replacement),
  );
  const killed = !(await testsPass(test, names));
  writeFileSync(path, source);
  if (!killed) survived++;
  console.log(`${killed ? "killed  " : "SURVIVED"} ${name}`);
}
rmSync(copy, { recursive: true, force: true });
console.log(`${chosen.length - survived} of ${chosen.length} killed`);
process.exit(survived === 0 ? 0 : 1);
