import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { logPanelQueries } from "../../incidents/panels.ts";
import { folder } from "../../support/cli.ts";
import { until } from "../../support/poll.ts";
import { DevProcess } from "./dev-process.ts";

let run: DevProcess | undefined;

afterEach(async () => {
  run?.process.kill("SIGTERM");
  await run?.ended;
});

describe("lines that are no JSON, in taffrail dev", () => {
  it.each([
    ["All", {}],
    ["its environment and service", { deployment_environment_name: "staging", service_name: "shop" }],
  ])("show on the board of the log pipeline, with %s chosen", async (_, chosen) => {
    run = new DevProcess(["--quiet", "--no-scrape", "--stay", "--", process.execPath, writeProgram()], {
      env: { OTEL_SERVICE_NAME: "shop", OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=staging" },
    });
    const url = await run.url();
    const panels = logPanelQueries({ rangeMs: 3_600_000, stepMs: 60_000, written: {}, chosen }).filter(
      ({ dashboard, panel }) => dashboard === "taffrail-log-pipeline" && panel.includes("no JSON"),
    );
    expect(panels.map(({ panel }) => panel)).toEqual([
      "Lines that are no JSON",
      "Lines that are no JSON, by service",
      "Lines that are no JSON",
    ]);
    for (const { expr, isInstant } of panels) {
      const path = isInstant ? "query" : "query_range";
      const parameters = new URLSearchParams({ query: expr, since: "1h", step: "60" });
      await until(
        async () => (await fetch(`${url}/loki/api/v1/${path}?${parameters}`)).text(),
        // The instant one counts them: the banner before the first line of the kit, and the trace of four lines after it.
        (text) => (isInstant ? text.includes('"5"') : /"(?:values)":\[\[/.test(text)),
      );
    }
  });
});

/** A program that prints a banner as package managers do, a line of JSON, and the trace of its crash. */
function writeProgram(): string {
  const path = join(folder(), "crashing.mjs");
  const line = { level: "info", service_name: "shop", deployment_environment_name: "staging", msg: "up" };
  writeFileSync(
    path,
    `console.log("> shop@1.0.0 start");
console.log(${JSON.stringify(JSON.stringify(line))});
console.error("TypeError: boom\\n    at pay (/app/pay.js:14:11)\\n    at next (/app/next.js:1:1)\\n\\nNode.js v20");
process.exitCode = 1;
`,
  );
  return path;
}
