import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe } from "vitest";
import { Child } from "../support/child.ts";
import { sdkSuite } from "./sdk-suite.ts";

const setup = pathToFileURL(resolve("test/fixtures/otel-sdk.mjs"));

describe.each(["node", "express", "fastify", "koa", "hono", "nest", "nest-fastify"])(
  "with an OpenTelemetry SDK loaded by --import, %s",
  (framework) => {
    const start = async (env: Readonly<Record<string, string>>) => {
      const options = { folder: "test/fixtures/services" };
      const service = new Child(
        `${framework}.mjs`,
        { ...env, NODE_OPTIONS: `--import=${setup.href}` },
        options,
      );
      const { port } = await service.line(({ msg }) => msg === "listening");
      return { service, url: `http://127.0.0.1:${String(port)}` };
    };
    sdkSuite({ parts: "servers and clients", clientSpans: 2, start });
    sdkSuite({ parts: "servers", clientSpans: 0, start });
  },
);
