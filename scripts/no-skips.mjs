// Reads vitest's JSON report and fails if a test was skipped: where everything is installed, a skip hides a test. What a
// framework can't do is named as such, with its reason, in the test's name.
import { readFileSync } from "node:fs";

const { testResults } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const skipped = testResults.flatMap(({ name, assertionResults }) =>
  assertionResults
    .filter(
      ({ status, fullName }) => !["passed", "failed"].includes(status) && !fullName.includes("(cannot: "),
    )
    .map(({ fullName }) => `${name}: ${fullName}`),
);
for (const name of skipped) console.error(`skipped: ${name}`);
if (skipped.length > 0) process.exit(1);
