import { PrometheusExporter, PrometheusSerializer } from "@opentelemetry/exporter-prometheus";
import { registerInstrumentations } from "@opentelemetry/instrumentation";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import type { ServedVariant } from "../../served-variant.ts";

/**
 * OpenTelemetry, which Next's guide recommends, and pino in a wrapper around each route handler, as Next logs no requests.
 * Its spans go nowhere: to export them would cost more.
 *
 * @see https://nextjs.org/docs/app/guides/open-telemetry
 */
export async function serve(): Promise<ServedVariant> {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  new NodeTracerProvider().register();
  registerInstrumentations({
    meterProvider: new MeterProvider({ readers: [exporter] }),
    instrumentations: [new HttpInstrumentation()],
  });
  // It has to be there before anything asks for Node's http.
  const { serveNext } = await import("./app.ts");
  return serveNext("usual", async () => {
    const { resourceMetrics } = await exporter.collect();
    return new PrometheusSerializer().serialize(resourceMetrics);
  });
}
