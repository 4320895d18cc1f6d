import type { FileLine } from "./pipeline.ts";

/** Lines of every kind that the collector meets, written within a few seconds of this time and read at it. */
export function linesAt(timeMs: number): readonly FileLine[] {
  const json = (seconds: number, fields: object): string =>
    JSON.stringify({ time: new Date(timeMs + seconds * 1_000).toISOString(), ...fields });
  const ids = { trace_id: "4bf9", span_id: "00f0", request_id: "r1" };
  const lines = [
    [
      "shop",
      json(-4, { level: "info", service_name: "shop", deployment_environment_name: "production", ...ids }),
    ],
    ["shop", json(-3, { level: 30, service_name: "other", msg: "a number for a level, no environment" })],
    ["shop", json(-2, { level: "WARNING", msg: "no service" })],
    ["shop", json(-1, { level: "loud", request_id: "", msg: "a level that is none, an empty id" })],
    ["shop@host-1", "> shop@1.0.0 start"],
    ["shop@host-1", "TypeError: Cannot read properties of undefined"],
    ["shop@host-1", "    at pay (/app/pay.js:14:11)"],
    ["shop@host-1", "}"],
    ["shop@host-1", '{"level":"info","msg":"cut sho'],
    ["shop@host-1", '{"level":"error","msg":"no time"}'],
  ];
  return lines.map(([name, text = ""]) => ({ path: `/var/log/services/${name}.log`, text, readMs: timeMs }));
}
