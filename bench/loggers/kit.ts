import { createTaffrail } from "taffrail";
import type { BenchLogger } from "../log-writer.ts";

export function createLogger(): BenchLogger {
  return createTaffrail({ serviceName: "bench" }).log;
}
