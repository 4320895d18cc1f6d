// Reads vitest's JSON report and fails if a test was skipped: where everything is installed, a skip hides a test.
import { readFileSync } from "node:fs";

const { testResults } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const skipped = testResults.flatMap(({ name, assertionResults }) =>
  assertionResults
    .filter(({ status }) => status !== "passed" && status !== "failed")
    .map(({ fullName }) => `${name}: ${fullName}`),
);
for (const name of skipped) console.error(`skipped: ${name}`);
if (skipped.length > 0) process.exit(1);
