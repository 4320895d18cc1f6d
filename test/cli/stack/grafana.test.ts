import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { Child } from "../../support/child.ts";
import { type Served, serve } from "../../support/serve.ts";
import { createGrafanaAnswers, type GrafanaContents } from "./grafana-answers.ts";

const dashboards = readdirSync("dashboards/grafana").map((name) => `taffrail-${basename(name, ".json")}`);
const whole: GrafanaContents = {
  password: "a long password",
  dataSources: { prometheus: "OK", loki: "OK", alertmanager: "OK", tempo: "ERROR" },
  dashboards: [...dashboards, "somebody-elses"],
};

let grafana: Served | undefined;
afterEach(() => grafana?.close());

/** What `taffrail check` finds of a Grafana, by what it looks at. */
async function check(contents: Partial<GrafanaContents>, password?: string): Promise<Record<string, string>> {
  grafana = await serve(createGrafanaAnswers({ ...whole, ...contents }));
  const nobody = ["--loki", "--prometheus", "--alertmanager"].flatMap((part) => [part, "http://127.0.0.1:9"]);
  const args = [
    "check",
    "--json",
    ...nobody,
    "--grafana",
    grafana.url,
    "--dashboards",
    "dashboards/grafana/*.json",
  ];
  const env = password === undefined ? {} : { GRAFANA_ADMIN_PASSWORD: password };
  const child = new Child("main.js", env, { folder: "dist/src/cli", args });
  await child.ended;
  expect(child.stdout + child.stderr).not.toContain(whole.password);
  const { findings } = JSON.parse(child.stdout) as {
    findings: { part: string; what: string; state: string; detail: string }[];
  };
  return Object.fromEntries(
    findings
      .filter(({ part }) => part === "Grafana")
      .map(({ what, state, detail }) => [what, `${state}: ${detail}`]),
  );
}

// Answers as Grafana's documentation has them, on a real socket; with no Grafana, they are no proof of what it does.
describe("taffrail check and Grafana", () => {
  it("is content with one that is whole, though Tempo does not run", async () => {
    expect(await check({}, whole.password)).toEqual({
      "data sources answer": "ok: prometheus, loki, alertmanager, tempo",
      "dashboards are there": `ok: ${dashboards.length} of ${dashboards.length}`,
    });
  });

  it("names a data source that is not there, and one that does not answer", async () => {
    const findings = await check({ dataSources: { prometheus: "ERROR", loki: "OK" } }, whole.password);
    expect(findings["data sources answer"]).toMatch(
      /^failed: alertmanager is not there; prometheus does not answer: .* answered 400: .*connection refused/,
    );
  });

  it("names each dashboard that is not there", async () => {
    const findings = await check(
      { dashboards: dashboards.filter((uid) => uid !== "taffrail-slo") },
      whole.password,
    );
    expect(findings["dashboards are there"]).toBe("failed: taffrail-slo is not there");
  });

  it("says that a password is wrong, and leaves it out where it has none", async () => {
    const wrong = await check({}, "another");
    for (const detail of Object.values(wrong))
      expect(detail).toMatch(/^failed: .* answered 401: .*Invalid username/);
    await grafana?.close();
    expect(new Set(Object.values(await check({})))).toEqual(
      new Set(["skipped: GRAFANA_ADMIN_PASSWORD is not set"]),
    );
  });
});
