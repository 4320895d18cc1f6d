import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { IncidentName } from "../../demo/scenarios.ts";
import { switchIncidents } from "../../demo/traffic/switch-incidents.ts";
import { Child } from "../support/child.ts";
import type { Recorder, Service } from "./recorder.ts";

export interface Scenario {
  readonly name: string;
  /** What happens, in a few words. */
  readonly about: string;
  /** The alerts that must fire. */
  readonly alerts: readonly string[];
  readonly goesOn: (recorder: Recorder) => Promise<void>;
}

/** Every incident, with the alerts that it is there for. */
export const scenarios: readonly Scenario[] = [
  {
    name: "error burst",
    about: "every query of the shop fails",
    alerts: ["LogErrorRatioHigh"],
    goesOn: trouble(["database-down"], 3, 100),
  },
  {
    name: "new error type",
    about: "a release with a bug: one request in ten fails in a way not seen before",
    alerts: ["NewErrorType"],
    goesOn: trouble(["buggy-release"], 2.5),
  },
  {
    name: "slow route",
    about: "most visits are for reports, which take a second or more",
    alerts: ["SlowRoute"],
    goesOn: trouble(["month-end"], 5),
  },
  {
    name: "abort spike",
    about: "most clients leave before their answer is complete",
    alerts: ["ClientAbortSpike"],
    goesOn: trouble(["impatient-clients"], 3),
  },
  {
    name: "auth failures",
    about: "somebody tries passwords",
    alerts: ["AuthFailureSpike"],
    goesOn: trouble(["login-attack"], 3),
  },
  {
    name: "fatal",
    about: "the shop says that it can't write",
    alerts: ["FatalLogged"],
    goesOn: trouble(["disk-full"], 2.5),
  },
  {
    name: "non-JSON lines",
    about: "a console.log is left in the shop",
    alerts: ["NonJsonLogLines"],
    goesOn: trouble(["printed-lines"], 3),
  },
  {
    name: "log volume",
    about: "the shop logs 20 lines more for every request",
    alerts: ["LogVolumeSpike"],
    goesOn: trouble(["chatty"], 4),
  },
  {
    name: "dropped lines",
    about: "whoever reads the shop's output stops, while it logs 20 objects a request",
    alerts: ["LogLinesDropped"],
    goesOn: stalledReader,
  },
  {
    name: "crash loop",
    about: "three instances of the shop crash at their first request, and are started again and again",
    alerts: ["ProcessCrash", "RestartLoop"],
    goesOn: crashLoop,
  },
  {
    name: "silence",
    about: "the shop hangs; payments goes on",
    alerts: ["ServiceWentSilent"],
    goesOn: hangs(
      (recorder) => [recorder.shop],
      (recorder) => recorder.charges(4),
    ),
  },
  {
    name: "all silent",
    about: "payments hangs too",
    alerts: ["NoLogsAtAll"],
    goesOn: hangs(
      (recorder) => [recorder.shop, recorder.payments],
      (recorder) => recorder.traffic(4, { rate: 1 }),
    ),
  },
  {
    name: "test of delivery",
    about: "somebody runs `taffrail test-alert`",
    alerts: ["DeliveryTest"],
    goesOn: testAlert,
  },
];

function trouble(names: readonly IncidentName[], seconds: number, rate?: number): Scenario["goesOn"] {
  const options = { incidents: names, ...(rate === undefined ? {} : { rate }) };
  return (recorder) => recorder.during(names, () => recorder.traffic(seconds, options));
}

async function stalledReader(recorder: Recorder): Promise<void> {
  const { stdout } = recorder.shop.child.process;
  await recorder.during(["dumped-objects"], async () => {
    stdout.pause();
    await recorder.traffic(2);
  });
  stdout.resume();
  await recorder.written('"log.dropped"');
  await recorder.traffic(1);
}

/** Three instances that a platform starts again and again, each a moment after it fell. */
async function crashLoop(recorder: Recorder): Promise<void> {
  const end = performance.now() + 4_500;
  await Promise.all(
    Array.from({ length: 3 }, async () => {
      while (performance.now() < end) {
        const { child, url } = await recorder.startShop();
        await switchIncidents([url], ["crashing"]);
        // Whether it is still answered is chance.
        await Promise.all([fetch(`${url}/login`).catch(() => undefined), child.ended]);
        await pause(300);
      }
    }),
  );
}

function hangs(
  who: (recorder: Recorder) => readonly Service[],
  meanwhile: Scenario["goesOn"],
): Scenario["goesOn"] {
  return async (recorder) => {
    for (const { child } of who(recorder)) child.kill("SIGSTOP");
    await meanwhile(recorder);
    for (const { child } of who(recorder)) child.kill("SIGCONT");
  };
}

/** It writes its line for the collector, and then finds nobody to ask where its alert is. */
async function testAlert(recorder: Recorder): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "taffrail-"));
  const nobody = ["--loki", "--alertmanager", "--sink"].flatMap((flag) => [flag, "http://127.0.0.1:9"]);
  const child = new Child(
    "main.js",
    {},
    {
      folder: "dist/src/cli",
      args: ["test-alert", "--logs", folder, "--timeout", "1", ...nobody],
    },
  );
  await Promise.all([child.ended, recorder.traffic(1.5)]);
  const [name = ""] = readdirSync(folder);
  recorder.add(basename(name, ".log"), readFileSync(join(folder, name), "utf8").trim());
}
