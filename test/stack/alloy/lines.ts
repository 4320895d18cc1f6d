import type { FileLine } from "./pipeline.ts";

/** Lines of every kind that the collector meets. */
export const lines: readonly FileLine[] = [
  [
    "shop",
    '{"time":"2026-01-01T00:00:00.123Z","level":"info","service_name":"shop","deployment_environment_name":"production","trace_id":"4bf9","span_id":"00f0","request_id":"r1","msg":"all of it"}',
  ],
  [
    "shop",
    '{"time":"2026-01-01T00:00:01.000Z","level":30,"service_name":"other","msg":"a number for a level, no environment"}',
  ],
  ["shop", '{"time":"2026-01-01T00:00:02.000Z","level":"WARNING","msg":"no service"}'],
  [
    "shop",
    '{"time":"2026-01-01T00:00:03.000Z","level":"loud","request_id":"","msg":"a level that is none, an empty id"}',
  ],
  ["shop@host-1", "> shop@1.0.0 start"],
  ["shop@host-1", "TypeError: Cannot read properties of undefined"],
  ["shop@host-1", "    at pay (/app/pay.js:14:11)"],
  ["shop@host-1", "}"],
  ["shop@host-1", '{"level":"info","msg":"cut sho'],
  ["shop@host-1", '{"level":"error","msg":"no time"}'],
].map(([name, text = ""]) => ({ path: `/var/log/services/${name}.log`, text, readMs: 0 }));
