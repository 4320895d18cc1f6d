import { expect, it } from "vitest";
import { Child } from "../support/child.ts";
import { ask } from "../support/client.ts";

it("two copies of the package share one scope, and a request is logged once", async () => {
  const child = new Child("two-copies.mjs");
  const { port } = await child.line(({ msg }) => msg === "listening");
  await ask(`http://127.0.0.1:${String(port)}/ok`, { headers: { "x-request-id": "shared" } });
  const completion = await child.line(({ event_name }) => event_name === "http.server.request");
  expect(completion).toMatchObject({ service_name: "first", request_id: "shared", from_second: true });
  child.kill("SIGTERM");
  await child.ended;
  expect(child.lines.filter(({ event_name }) => event_name === "http.server.request")).toHaveLength(1);
  expect(child.lines.find(({ msg }) => msg === "from the second copy")).toMatchObject({
    service_name: "second",
    request_id: "shared",
  });
});
