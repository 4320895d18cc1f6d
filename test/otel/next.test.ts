import { execFile } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe } from "vitest";
import { Child } from "../support/child.ts";
import { type SdkService, sdkSuite } from "./sdk-suite.ts";

const setup = pathToFileURL(resolve("test/fixtures/otel-sdk.mjs"));

/** The service in Next, built by one major of it, where that one is installed. */
describe.each([
  { major: 15, host: "test/hosts/next-15" },
  { major: 16, host: "." },
])("Next.js $major", ({ host }) => {
  const folder = `${host}/build/next-service`;
  const next = createRequire(`${resolve(host)}/`).resolve("next/dist/bin/next");

  beforeAll(() => build(folder, next));

  const startWith =
    (more: Readonly<Record<string, string>>) =>
    async (env: Readonly<Record<string, string>>): Promise<SdkService> => {
      const service = new Child(
        "",
        { ...env, ...more, NEXT_TELEMETRY_DISABLED: "1" },
        {
          folder,
          runtime: [process.execPath, next, "start"],
          args: ["--port", "0", "--hostname", "127.0.0.1"],
        },
      );
      // Next says that it is ready before it has run instrumentation.js.
      await service.line(({ event_name }) => event_name === "ops.listen");
      return { service, url: /http:\/\/127\.0\.0\.1:\d+/.exec(service.stdout)?.[0] ?? "" };
    };

  describe("with an OpenTelemetry SDK loaded by --import", () => {
    const start = startWith({ NODE_OPTIONS: `--import=${setup.href}` });
    // Next itself makes a client's span of a fetch.
    sdkSuite({ parts: "servers and clients", clientSpans: 3, start });
    sdkSuite({ parts: "servers", clientSpans: 1, start });
  });

  describe("with an OpenTelemetry SDK started by instrumentation.js", () => {
    const start = startWith({ OTEL_IN_HOOK: "yes" });
    sdkSuite({ parts: "servers and clients", clientSpans: 3, start });
    sdkSuite({ parts: "nothing", clientSpans: 1, start });
  });
});

/** Copied to where the built package is an installed one. */
async function build(folder: string, next: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  cpSync("test/fixtures/services/next", folder, { recursive: true });
  cpSync("test/fixtures/services/work.mjs", `${folder}/lib/work.mjs`);
  cpSync("test/fixtures/otel-sdk.mjs", `${folder}/lib/otel-sdk.mjs`);
  for (const part of ["dist", "package.json"]) {
    cpSync(part, `${folder}/node_modules/taffrail/${part}`, { recursive: true });
  }
  await promisify(execFile)(process.execPath, [next, "build", folder], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
}
