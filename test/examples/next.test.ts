import { execFile } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { promisify } from "node:util";
import { Child } from "../support/child.ts";
import { ask } from "../support/client.ts";
import { freePort } from "../support/free-port.ts";
import { until } from "../support/poll.ts";
import { exampleSuite, type StartedExample } from "./example-suite.ts";

const folder = "build/examples/next";
const next = "node_modules/next/dist/bin/next";

/** Next bundles the application: copied to where the built package is an installed one, and built there. */
async function start(): Promise<StartedExample> {
  rmSync(folder, { recursive: true, force: true });
  cpSync("examples/next", folder, { recursive: true });
  for (const part of ["dist", "package.json"]) {
    cpSync(part, `${folder}/node_modules/taffrail/${part}`, { recursive: true });
  }
  await promisify(execFile)(process.execPath, [next, "build", folder], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  const port = await freePort();
  const example = new Child(
    "",
    { NEXT_MANUAL_SIG_HANDLE: "true", NEXT_TELEMETRY_DISABLED: "1" },
    {
      folder,
      runtime: [process.execPath, next, "start"],
      args: ["--port", String(port), "--hostname", "127.0.0.1"],
    },
  );
  const url = `http://127.0.0.1:${port}`;
  await until(() => ask(`${url}/nothing`).then(Boolean, () => false), Boolean, 20_000);
  return { example, url };
}

exampleSuite("next", { program: "next start", start });
