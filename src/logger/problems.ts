import type { EventLog } from "./logger.ts";

/** A problem of the kit's own, which must not reach a request. */
export interface Problem {
  /** The kind, in few words: it is said once for each. */
  readonly name: string;
  readonly msg: string;
  readonly fields: object;
}

/** Create the reporter of the kit's own problems: each kind is logged once, then it carries on. */
export function createProblems(events: EventLog): (problem: Problem) => void {
  const said = new Set<string>();
  return ({ name, msg, fields }) => {
    if (said.has(name)) return;
    said.add(name);
    events.write("warn", msg, { event_name: "kit.problem" }, fields);
  };
}
