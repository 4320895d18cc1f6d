// Runs the fuzz test of LogQL with many queries: node scripts/fuzz-logql.mjs [queries] [seed]
import { spawnSync } from "node:child_process";

const [queries = "1000000", seed = "1"] = process.argv.slice(2);
const run = spawnSync("npx", ["vitest", "run", "test/logql/fuzz.test.ts"], {
  stdio: "inherit",
  env: { ...process.env, LOGQL_FUZZ_QUERIES: queries, LOGQL_FUZZ_SEED: seed },
});
process.exit(run.status ?? 1);
