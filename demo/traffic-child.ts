import { Child, type Exit } from "./child.ts";
import type { DoneMessage, Progress } from "./messages.ts";
import type { Services } from "./services.ts";

export interface TrafficOptions {
  readonly services: Services;
  readonly forMs: number | undefined;
  readonly rate: number;
  readonly seed: number;
  readonly onProgress: (progress: Progress) => void;
}

/** The traffic, under way. */
export interface Traffic {
  readonly exited: Promise<Exit>;
  /** What it told at its end. */
  done(): DoneMessage | undefined;
  stop(): Promise<Exit>;
}

// It waits up to five seconds for answers.
const stopWithinMs = 8_000;

/** Start the traffic generator as a process of its own. */
export function startTraffic({ services, forMs, rate, seed, onProgress }: TrafficOptions): Traffic {
  let done: DoneMessage | undefined;
  const child = new Child({
    name: "traffic",
    module: new URL("./traffic/main.js", import.meta.url),
    env: {
      SHOP_URL: services.shop.url,
      PAYMENTS_URL: services.payments.url,
      DEMO_FOR_MS: String(forMs ?? 0),
      DEMO_RATE: String(rate),
      DEMO_SEED: String(seed),
    },
    onMessage: (message) => {
      if (message.kind === "progress") onProgress(message.progress);
      if (message.kind === "done") done = message;
    },
  });
  return { exited: child.exited, done: () => done, stop: () => child.stop(stopWithinMs) };
}
