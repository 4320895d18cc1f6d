import type { Outcome } from "../contract/fields.ts";
import { EventFields, named } from "../logger/event-fields.ts";
import { inOnePiece } from "../logger/one-piece.ts";

/** What the completion lines of one kind have in common, as it is written. */
export interface CommonFields {
  readonly msg: string;
  /** `,"name":value` for each field. */
  readonly json: string;
}

/** What decides it. */
export interface LineKind {
  readonly method: string;
  readonly route: string | undefined;
  /** What is shown in a message where no route matched. */
  readonly path: string;
  readonly status: number | undefined;
  readonly outcome: Outcome;
  readonly httpVersion: string | undefined;
}

type Known = CommonFields & Omit<LineKind, "route" | "path">;

/** Routes are the program's, and few; the bounds are for programs that make them up as they go. */
const maxRoutes = 1_000;
const maxKinds = 20;

/** Create the function that gives what lines of a kind have in common: made up once for each that a route knows. */
export function createCommonFields(): (kind: LineKind) => CommonFields {
  const routes = new Map<string, Known[]>();

  function add(route: string, kind: LineKind, known: Known[] | undefined): CommonFields {
    const { method, status, outcome, httpVersion } = kind;
    const added = { method, status, outcome, httpVersion, ...describe(kind) };
    if (known === undefined) {
      if (routes.size < maxRoutes) routes.set(route, [added]);
    } else if (known.length < maxKinds) known.push(added);
    return added;
  }

  return (kind) => {
    const { route } = kind;
    if (route === undefined) return describe(kind);
    const known = routes.get(route);
    if (known) for (const each of known) if (isSameKind(each, kind)) return each;
    return add(route, kind, known);
  };
}

function isSameKind(known: Known, { method, status, outcome, httpVersion }: LineKind): boolean {
  return (
    known.status === status &&
    known.method === method &&
    known.outcome === outcome &&
    known.httpVersion === httpVersion
  );
}

function describe({ method, route, path, status, outcome, httpVersion }: LineKind): CommonFields {
  const what = outcome === "aborted" ? "aborted" : (status ?? "broken off");
  const fields = new EventFields();
  fields.word(named.event_name, "http.server.request");
  fields.word(named.http_request_method, method);
  if (route !== undefined) fields.text(named.http_route, route);
  if (status !== undefined) fields.number(named.http_response_status_code, status);
  fields.word(named.outcome, outcome);
  if (httpVersion !== undefined) fields.text(named.network_protocol_version, httpVersion);
  return { msg: inOnePiece(`${method} ${route ?? path} ${what}`), json: inOnePiece(fields.json) };
}
