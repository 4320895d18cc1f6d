import type { ContractFields } from "../contract/line.ts";

/** What every process event says of the process. */
export function processFields(): ContractFields {
  return {
    process_pid: process.pid,
    process_runtime_version: process.version,
    process_uptime_s: Math.round(process.uptime() * 1_000) / 1_000,
  };
}
