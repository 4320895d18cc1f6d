import { expect, test } from "vitest";
import { negotiateFormat } from "../../src/metrics/negotiation.ts";

const openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";
const text = "text/plain; version=0.0.4; charset=utf-8";
const prometheus3 =
  "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1";

test.each([
  ["nothing", undefined, text],
  ["an empty header", "", text],
  ["curl", "*/*", text],
  ["a browser", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", text],
  ["Prometheus 3", prometheus3, openMetrics],
  [
    "Prometheus 2.30",
    "application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
    text,
  ],
  ["OpenMetrics without a version", "application/openmetrics-text", openMetrics],
  ["upper case", "APPLICATION/OPENMETRICS-TEXT; VERSION=1.0.0", openMetrics],
  ["text preferred", "application/openmetrics-text;q=0.1,text/plain;q=0.9", text],
  ["OpenMetrics refused", "application/openmetrics-text;q=0", text],
  ["a quality that is none", "application/openmetrics-text;q=many", text],
  ["any text preferred", "application/openmetrics-text;q=0.1,text/*", text],
])("%s gets the format it asks for", (_, accept, contentType) => {
  expect(negotiateFormat(accept).contentType).toBe(contentType);
});
