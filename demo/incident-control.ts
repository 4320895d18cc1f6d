import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type { Taffrail } from "taffrail";
import {
  type Faults,
  faultsOf,
  type IncidentName,
  incidentNames,
  isIncidentName,
  type ServiceName,
} from "./scenarios.ts";

/** Where incidents are switched: GET answers the active ones, PUT takes the list of those to be active. */
export const incidentPath = "/_demo/incidents";

/** The incidents that a service is in. */
export interface IncidentControl {
  faults(): Faults;
  /** Answers requests for {@link incidentPath} and says so by true; leaves all others alone. */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
}

/** Create the switchboard of a service's incidents. It is for the demo alone: no real service has one. */
export function createIncidentControl(service: ServiceName, kit: Taffrail): IncidentControl {
  let active: readonly IncidentName[] = [];
  let faults = faultsOf(service, active);

  function activate(names: readonly IncidentName[]): void {
    if (names.join() === active.join()) return;
    active = names;
    faults = faultsOf(service, names);
    const text = names.length === 0 ? "incident over" : `incident: ${names.join(", ")}`;
    kit.log.info({ event_name: "demo.incident", incidents: names }, text);
  }

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const names = req.method === "PUT" ? await readNames(req) : active;
    if (names !== undefined) activate(names);
    const status = names === undefined ? 400 : 200;
    const body =
      status === 200 ? { active, known: incidentNames } : { error: "a list of names", known: incidentNames };
    res.writeHead(status, { "content-type": "application/json" }).end(`${JSON.stringify(body)}\n`);
  }

  return {
    faults: () => faults,
    handle(req, res) {
      if (req.url !== incidentPath) return false;
      answer(req, res).catch((error: unknown) => res.destroy(error as Error));
      return true;
    },
  };
}

/** The names in a request's body; undefined where it is something else. */
async function readNames(req: IncomingMessage): Promise<readonly IncidentName[] | undefined> {
  const body = await json(req).catch(() => undefined); // Not JSON is not a list of names.
  return Array.isArray(body) && body.every(isIncidentName) ? body : undefined;
}
