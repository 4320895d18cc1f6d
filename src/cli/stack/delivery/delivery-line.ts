import { appendFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { askText } from "../ask.ts";
import type { HopsOptions } from "./hops.ts";

/** The service that the line of a test says it is of; the rule DeliveryTest looks for it. */
export const testService = "taffrail-delivery-test";

/** Write the line that fires DeliveryTest; answers where it went. */
export async function writeLine(options: HopsOptions): Promise<string> {
  const { logs, urls } = options;
  const line = deliveryLine(options);
  if (logs !== undefined) {
    const path = join(logs, `${testService}.log`);
    // For the collector's group, as the services write theirs.
    appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o640 });
    return path;
  }
  const labels = {
    service_name: testService,
    deployment_environment_name: options.environment,
    level: "info",
  };
  const values = [[`${Date.now()}000000`, JSON.stringify(line)]];
  await askText(urls.loki, "/loki/api/v1/push", { body: { streams: [{ stream: labels, values }] } });
  return urls.loki.origin;
}

function deliveryLine({ id, environment }: HopsOptions): Record<string, string> {
  return {
    level: "info",
    time: new Date().toISOString(),
    service_name: testService,
    service_version: "0.0.0",
    deployment_environment_name: environment,
    service_instance_id: hostname(),
    event_name: "taffrail.delivery_test",
    delivery_test_id: id,
    delivery_test_by: userName(),
    msg: "a test of the delivery of alerts",
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown"); // In a container the user may have no name.
  }
}
