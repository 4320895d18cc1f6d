import { pino } from "pino";
import type { BenchLogger } from "../log-writer.ts";

export function createLogger(): BenchLogger {
  return pino();
}
