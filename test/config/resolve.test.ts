import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { Registry } from "prom-client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { configurationPage } from "../../src/config/configuration-page.ts";
import type { TaffrailOptions } from "../../src/config/options.ts";
import { resolveOptions } from "../../src/config/resolve.ts";
import { settings } from "../../src/config/settings.ts";

describe("presets", () => {
  it("development is the default: readable, talkative, on the usual port", () => {
    const { preset, log, ops } = resolveOptions({}, {});
    expect({ preset, root: log.root, format: log.format, port: ops.port }).toEqual({
      preset: "development",
      root: "debug",
      format: "pretty",
      port: 9464,
    });
  });

  it("production writes JSON at info", () => {
    const { log, lifecycle } = resolveOptions({}, { NODE_ENV: "production" });
    expect(log).toMatchObject({ root: "info", format: "json" });
    expect(lifecycle).toEqual({
      signals: true,
      crash: true,
      heartbeatMs: 300_000,
      readinessDelayMs: 0,
      drainTimeoutMs: 10_000,
    });
  });

  it("test leaves signals, crashes and the port to the test runner", () => {
    const { lifecycle, ops } = resolveOptions({}, { NODE_ENV: "test" });
    expect([lifecycle.signals, lifecycle.crash, ops.port]).toEqual([false, false, 0]);
  });
});

describe("precedence", () => {
  it("an option wins over the environment, that over the preset", () => {
    const env = { NODE_ENV: "production", TAFFRAIL_OPS_PORT: "1111", LOG_LEVEL: "warn" };
    const { ops, log } = resolveOptions({ ops: { port: 2222 } }, env);
    expect([ops.port, log.root]).toEqual([2222, "warn"]);
  });

  it("an empty variable counts as not set", () => {
    expect(resolveOptions({}, { LOG_LEVEL: "", NODE_ENV: "" }).log.root).toBe("debug");
  });

  it("levels by name come from one variable", () => {
    const { log } = resolveOptions({}, { NODE_ENV: "production", LOG_LEVEL: "error, http=debug,db=silent" });
    expect(log).toMatchObject({ root: "error", named: { http: "debug", db: "silent" } });
    expect(resolveOptions({}, { NODE_ENV: "production", LOG_LEVEL: "http=debug" }).log.root).toBe("info");
  });

  it("every variable of the table is read", () => {
    const samples: Record<string, string> = {
      "true or false": "false",
      "a list of texts": "a,b",
      [settings["outgoing.propagateTo"]?.kind.allowed ?? ""]: "payments,*.internal:8080",
      "a header name": "X-Id",
      "one of json, pretty": "json",
      "one of development, test, production": "test",
    };
    for (const [path, { env, kind }] of Object.entries(settings)) {
      if (env === undefined) continue;
      const text =
        samples[kind.allowed] ??
        (kind.parse?.("20") === 20 || kind.accepts(20) ? "20" : "long-enough-for-a-token");
      const value = path === "log.level" ? "warn" : text;
      expect(() => resolveOptions({}, { [env]: value }), `${env}=${value}`).not.toThrow();
    }
  });
});

describe("the resource", () => {
  it("comes from options, the standard variables, package.json, in that order", () => {
    const env = {
      NODE_ENV: "production",
      OTEL_SERVICE_NAME: "shop",
      OTEL_RESOURCE_ATTRIBUTES:
        "service.name=ignored,service.version=1.4.0,deployment.environment.name=eu%2Fwest,",
    };
    expect(resolveOptions({ serviceInstanceId: "i-1" }, env).resource).toEqual({
      service_name: "shop",
      service_version: "1.4.0",
      deployment_environment_name: "eu/west",
      service_instance_id: "i-1",
    });
    expect(resolveOptions({}, {}).resource.service_name).toBe("taffrail");
  });

  it("has a name even where nothing gives one", () => {
    const before = process.cwd();
    process.chdir(mkdtempSync(join(tmpdir(), "bare-")));
    try {
      const { service_name, service_version } = resolveOptions({}, {}).resource;
      expect([service_name, service_version]).toEqual(["unknown_service:node", "0.0.0"]);
    } finally {
      process.chdir(before);
    }
  });

  it.each(["novalue", "=x", "a=%E0%A4%A"])("malformed attributes stop the start: %s", (text) => {
    expect(() => resolveOptions({}, { OTEL_RESOURCE_ATTRIBUTES: text })).toThrow(
      /^OTEL_RESOURCE_ATTRIBUTES is text of \d+ characters/,
    );
  });
});

describe("a wrong value stops the start with an error that names it", () => {
  it.each([
    [{ NODE_ENV: "staging" }, 'NODE_ENV is "staging"; allowed: one of development, test, production'],
    [{ TAFFRAIL_OPS_PORT: "80a" }, 'TAFFRAIL_OPS_PORT is "80a"; allowed: a whole number from 0 to 65535'],
    [{ TAFFRAIL_OPS_PORT: "65536" }, 'TAFFRAIL_OPS_PORT is "65536"; allowed: a whole number from 0 to 65535'],
    [{ LOG_FORMAT: "xml" }, 'LOG_FORMAT is "xml"; allowed: one of json, pretty'],
    [{ TAFFRAIL_SIGNALS: "yes" }, 'TAFFRAIL_SIGNALS is "yes"; allowed: true or false'],
    [{ TAFFRAIL_OPS_PROT: "1" }, "TAFFRAIL_OPS_PROT is not known; did you mean TAFFRAIL_OPS_PORT?"],
    [{ LOG_LEVEL: "x".repeat(50) }, "LOG_LEVEL is text of 50 characters; allowed: a level"],
  ])("environment %j", (env, message) => {
    expect(() => resolveOptions({}, env)).toThrow(message);
  });

  it.each(["verbose", "info,", "info,=debug", "info,http=loud", "http=debug=x"])("LOG_LEVEL=%s", (text) => {
    expect(() => resolveOptions({}, { LOG_LEVEL: text })).toThrow(`LOG_LEVEL is "${text}"; allowed: a level`);
  });

  it.each([
    [{ servicename: "x" }, "servicename is not known; did you mean serviceName?"],
    [{ ops: { prot: 1 } }, "ops.prot is not known; did you mean ops.port?"],
    [{ quite: {} }, "quite is not known; known: preset, serviceName"],
    [{ ops: { port: "9464" } }, 'ops.port is "9464"; allowed: a whole number from 0 to 65535'],
    [{ ops: 9464 }, "ops is 9464; allowed: an object of options"],
    [{ ops: null }, "ops is null; allowed: an object of options"],
    [{ ops: [] }, "ops is a list; allowed: an object of options"],
    [{ serviceName: "" }, 'serviceName is ""; allowed: text that is not empty'],
    [{ http: { level: "warn" } }, 'http.level is "warn"; allowed: a function'],
    [{ redact: { keys: ["a", 1] } }, "redact.keys[1] is 1; allowed: a list of texts"],
    [
      { outgoing: { propagateTo: ["payments", "http://x"] } },
      'outgoing.propagateTo[1] is "http://x"; allowed: a list of hosts',
    ],
    [{ log: { destination: {} } }, "log.destination is of type object; allowed: an object with write()"],
    [{ preset: "staging" }, "NODE_ENV"],
  ])("options %j", (options, message) => {
    // Wrong on purpose: what JavaScript callers can pass.
    const resolve = (): unknown => resolveOptions(options as unknown as TaffrailOptions, {});
    if (message === "NODE_ENV") expect(resolve).toThrow('preset is "staging"');
    else expect(resolve).toThrow(message);
    expect(resolve).toThrow(expect.objectContaining({ code: "ERR_TAFFRAIL_CONFIG_INVALID" }));
  });

  it("never prints a secret", () => {
    expect(() => resolveOptions({}, { TAFFRAIL_OPS_TOKEN: "short" })).toThrow(
      /^TAFFRAIL_OPS_TOKEN is text of 5 characters/,
    );
    // Wrong on purpose.
    const options = { ops: { token: 12345 } } as unknown as TaffrailOptions;
    expect(() => resolveOptions(options, {})).toThrow(/^ops.token is number; allowed/);
  });
});

describe("the result", () => {
  it("is frozen, and what the user passed is not", () => {
    const keys = ["shoe"];
    const config = resolveOptions({ redact: { keys } }, {});
    expect(() => Object.assign(config.ops, { port: 1 })).toThrow(TypeError);
    expect(() => Object.assign(config.redact.keys, { 0: "x" })).toThrow(TypeError);
    expect(Object.isFrozen(keys)).toBe(false);
  });

  it("hands on a registry and a destination as they are", () => {
    const registry = new Registry();
    const destination = pino.destination({ dest: 1, sync: true });
    const config = resolveOptions({ metrics: { registry }, log: { destination } }, {});
    expect(config.metrics.registry).toBe(registry);
    expect(Object.isFrozen(registry)).toBe(false);
    expect(config.log.destination).toBe(destination);
  });

  it("has a page that names every option and variable", () => {
    for (const [path, { env }] of Object.entries(settings)) {
      expect(configurationPage({})).toContain(`\`${path}\``);
      if (env !== undefined) expect(configurationPage({})).toContain(`\`${env}\``);
    }
  });
});

describe("a .env file", () => {
  const before = process.cwd();
  beforeEach(() => {
    process.chdir(mkdtempSync(join(tmpdir(), "dotenv-")));
    writeFileSync(".env", "LOG_LEVEL=fatal\nTAFFRAIL_OPS_PORT=3333\n");
  });
  afterEach(() => process.chdir(before));

  it("is read in development, beneath the real environment", () => {
    const { log, ops } = resolveOptions({}, { TAFFRAIL_OPS_PORT: "4444" });
    expect([log.root, ops.port]).toEqual(["fatal", 4444]);
  });

  it("is not read in production", () => {
    expect(resolveOptions({}, { NODE_ENV: "production" }).log.root).toBe("info");
  });
});
