/** What a person looks up, if ever, and not what tells one event from the next. */
const details: ReadonlySet<string> = new Set([
  "event_name",
  "user_agent_original",
  "network_protocol_version",
  "process_runtime_version",
]);

/** What an event's message is made of: `GET /orders/:id 200`. */
const parts: ReadonlySet<string> = new Set([
  "http_request_method",
  "http_route",
  "url_path",
  "http_response_status_code",
]);

/** A line for people: an event of the contract without what its message says already; any other line is whole. */
export function unsaid(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { event_name: event, msg } = record;
  if (typeof event !== "string" || typeof msg !== "string") return record;
  const words = new Set(msg.split(" "));
  return Object.fromEntries(
    Object.entries(record).filter(
      ([name, value]) => !(details.has(name) || (parts.has(name) && words.has(String(value)))),
    ),
  );
}
