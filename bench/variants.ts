/** What the harness holds a variant to, so that no variant is fast because it does nothing. */
export interface Variant {
  readonly name: string;
  readonly label: string;
  /** Its file in `variants/`, without the ending. Defaults to its name. */
  readonly file?: string;
  /** Says whether a line of stdout is a log line of a request; absent when it logs nothing. */
  readonly isRequestLine?: (line: string) => boolean;
  /** Lines it writes for each request. Defaults to 1. */
  readonly linesPerRequest?: number;
  /** Lines it writes when it starts. Defaults to 0. */
  readonly linesAtStart?: number;
  /** The histogram that has to count every request; absent when it keeps none. */
  readonly histogram?: string;
  /** Measured only every so many rounds, when nothing is compared against it. Defaults to 1. */
  readonly everyRounds?: number;
  /** Whether it answers with the request's id, and accepts one. */
  readonly answersRequestId?: true;
}

const BUNDLE_HISTOGRAM = "http_request_duration_seconds";
const CONTRACT_HISTOGRAM = "http_server_request_duration_seconds";

export const VARIANTS: readonly Variant[] = [
  { name: "bare", label: "bare Express" },
  { name: "bare-again", label: "bare Express, again" },
  {
    name: "floor",
    label: "hand-written floor",
    isRequestLine: isContractLine,
    histogram: CONTRACT_HISTOGRAM,
    answersRequestId: true,
  },
  {
    name: "kit",
    label: "taffrail",
    isRequestLine: isContractLine,
    linesAtStart: 1,
    histogram: CONTRACT_HISTOGRAM,
    answersRequestId: true,
  },
  { name: "pino-http", label: "pino-http", isRequestLine: isPinoHttpLine },
  {
    name: "do-it-yourself",
    label: "pino-http + express-prom-bundle + uuid",
    isRequestLine: isPinoHttpLine,
    histogram: BUNDLE_HISTOGRAM,
    answersRequestId: true,
  },
  {
    name: "morgan-prom-bundle",
    label: "morgan + express-prom-bundle",
    isRequestLine: isMorganLine,
    histogram: BUNDLE_HISTOGRAM,
    everyRounds: 3,
  },
  { name: "express-winston", label: "express-winston", isRequestLine: isWinstonLine, everyRounds: 3 },
  {
    name: "express-winston-prom-bundle",
    label: "express-winston + express-prom-bundle",
    isRequestLine: isWinstonLine,
    histogram: BUNDLE_HISTOGRAM,
    everyRounds: 3,
  },
];

/** @throws when there is none of that name. */
export function findVariant(variants: readonly Variant[], name: string): Variant {
  const variant = variants.find((each) => each.name === name);
  if (variant) return variant;
  throw new Error(`no variant "${name}"; there are ${variants.map((each) => each.name).join(", ")}`);
}

export function isContractLine(line: string): boolean {
  const fields = parseFields(line);
  return (
    fields["event_name"] === "http.server.request" &&
    typeof fields["request_id"] === "string" &&
    typeof fields["duration_ms"] === "number" &&
    isRoute(fields["http_route"]) &&
    isSuccess(fields["http_response_status_code"]) &&
    fields["outcome"] === "ok"
  );
}

export function isPinoHttpLine(line: string): boolean {
  const { req, res, responseTime } = parseFields(line);
  return isObject(req) && isObject(res) && isSuccess(res["statusCode"]) && typeof responseTime === "number";
}

function isMorganLine(line: string): boolean {
  return /^\S+ - - \[[^\]]+\] "(GET|POST) \/api\/\S+ HTTP\/1\.1" 20[01] \d+ "-" "Mozilla/.test(line);
}

function isWinstonLine(line: string): boolean {
  const { meta } = parseFields(line);
  return (
    isObject(meta) && isObject(meta["req"]) && isObject(meta["res"]) && isSuccess(meta["res"]["statusCode"])
  );
}

function isRoute(value: unknown): boolean {
  return value === "/api/:tenant/orders/:id" || value === "/api/:tenant/orders";
}

function isSuccess(value: unknown): boolean {
  return value === 200 || value === 201;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

export function parseFields(line: string): Readonly<Record<string, unknown>> {
  try {
    const fields: unknown = JSON.parse(line);
    return isObject(fields) ? fields : {};
  } catch {
    // Not JSON, so not the line looked for; the caller says which line it was.
    return {};
  }
}
