import type { PushStream } from "../../src/logql/index.ts";
import { collect, stretch } from "./collect.ts";
import { firing } from "./evaluate.ts";
import { Recorder, type Recording } from "./recorder.ts";
import { type Scenario, scenarios } from "./scenarios.ts";

export interface Proof {
  /** The alerts that fired in calm traffic, and over how many minutes of it they were evaluated. */
  readonly calm: { readonly fired: readonly string[]; readonly minutes: number };
  /** The alerts that fired in each incident. */
  readonly fired: ReadonlyMap<string, readonly string[]>;
  /** Everything that was recorded, one after the other. */
  readonly corpus: {
    readonly streams: readonly PushStream[];
    readonly startMs: number;
    readonly endMs: number;
  };
}

const startMs = Date.parse("2026-01-01T00:00:00Z");
// The errors that calm traffic has too were seen before, as on any day; what they fire is over by then.
const settledMs = 30 * 60_000;

/** Run the services in calm traffic and in every incident, and evaluate the rules over what they wrote. */
export async function prove(): Promise<Proof> {
  const { calm, incidents, end } = await recordAll();
  const usual = collect(calm, startMs);
  const calmEndMs = startMs + lengthMs(calm);
  const fired = new Map<string, readonly string[]>();
  const corpus = [...usual];
  let endMs = calmEndMs;
  for (const [{ name }, recording] of incidents) {
    const times = { fromMs: calmEndMs, toMs: calmEndMs + lengthMs(recording) };
    // Each comes right after the calm.
    fired.set(name, firing([...usual, ...collect(recording, calmEndMs)], times));
    corpus.push(...collect(recording, endMs));
    endMs += lengthMs(recording);
  }
  corpus.push(...collect(end, endMs));
  endMs += lengthMs(end);
  return {
    calm: {
      fired: firing(usual, { fromMs: startMs + settledMs, toMs: calmEndMs }),
      minutes: Math.floor((calmEndMs - startMs - settledMs) / 60_000),
    },
    fired,
    corpus: { streams: corpus, startMs, endMs },
  };
}

interface Recordings {
  readonly calm: Recording;
  readonly incidents: ReadonlyMap<Scenario, Recording>;
  /** Of the services as they are stopped. */
  readonly end: Recording;
}

/** The calm first, then the incidents on two sets of services at a time. */
async function recordAll(): Promise<Recordings> {
  const recorders = await Promise.all([Recorder.start(), Recorder.start()]);
  const [first] = recorders;
  const waiting = [...scenarios];
  const incidents = new Map<Scenario, Recording>();
  try {
    // Alone: what another set of services goes through beside it would slow this one down.
    const calm = await first.record(() => calmTraffic(first));
    await Promise.all(
      recorders.map(async (recorder) => {
        for (let scenario = waiting.shift(); scenario; scenario = waiting.shift()) {
          const { goesOn } = scenario;
          incidents.set(scenario, await recorder.record(() => goesOn(recorder)));
        }
      }),
    );
    return { calm, incidents, end: await first.record(() => first.stop()) };
  } finally {
    for (const recorder of recorders) recorder.kill();
  }
}

async function calmTraffic(recorder: Recorder): Promise<void> {
  // The shop's own failures keep most visits from payments: charges past it show what fails there.
  await recorder.during(["rough-day"], async () => {
    await Promise.all([recorder.traffic(3), recorder.charges(3)]);
  });
  await recorder.traffic(14);
}

function lengthMs({ startMs: from, endMs: to }: Recording): number {
  return (to - from) * stretch;
}
