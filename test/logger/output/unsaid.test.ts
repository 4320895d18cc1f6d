import { expect, it } from "vitest";
import { unsaid } from "../../../src/logger/output/unsaid.ts";

const event = {
  event_name: "http.server.request",
  request_id: "r1",
  http_request_method: "GET",
  http_route: "/orders/:id",
  url_path: "/orders/7",
  http_response_status_code: 200,
  user_agent_original: "curl/8",
  network_protocol_version: "1.1",
  duration_ms: 5,
};

it("leaves out of an event what its message says already", () => {
  expect(unsaid({ ...event, msg: "GET /orders/:id 200" })).toEqual({
    request_id: "r1",
    url_path: "/orders/7",
    duration_ms: 5,
    msg: "GET /orders/:id 200",
  });
});

it("keeps what the message does not say", () => {
  expect(unsaid({ ...event, msg: "GET /orders/:id aborted" })).toMatchObject({
    http_response_status_code: 200,
  });
});

it("keeps all of a line that is no event", () => {
  const line = { msg: "my own /mine", http_route: "/mine", user_agent_original: "curl/8" };
  expect(unsaid(line)).toEqual(line);
});
