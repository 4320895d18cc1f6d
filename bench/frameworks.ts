import type { Progress } from "./measure.ts";
import { buildNextVariants } from "./next-build.ts";
import type { Reference } from "./overhead.ts";
import { isContractLine, isPinoHttpLine, parseFields, VARIANTS, type Variant } from "./variants.ts";

/** What is compared on one framework, and what the kit may cost there. */
export interface Framework {
  readonly name: string;
  readonly label: string;
  readonly variants: readonly Variant[];
  /** Of a round by default: 50 ms of work or more, since a variant comes to its round with its caches cold. */
  readonly requests: number;
  /** What has to be done once before any of its variants can start. */
  readonly prepare?: (progress: Progress) => Promise<void>;
  /** Taffrail's overhead above bare, at most, as a share of each reference's. */
  readonly limits: readonly { readonly reference: Reference; readonly most: number }[];
}

const usualHistogram = "http_request_duration_seconds";

type Usual = Pick<Variant, "label" | "isRequestLine"> & Partial<Variant>;
type Other = Usual & Pick<Variant, "name">;

export const FRAMEWORKS: readonly Framework[] = [
  {
    name: "express",
    label: "Express 5",
    variants: VARIANTS,
    requests: 500,
    limits: [
      { reference: "do-it-yourself", most: 0.4 },
      { reference: "floor", most: 1.15 },
      { reference: "pino-http", most: 0.5 },
    ],
  },
  framework("fastify", "Fastify 5", {
    label: "Fastify's pino logger + fastify-metrics",
    isRequestLine: isFastifyLine,
    linesPerRequest: 2,
  }),
  framework(
    "koa",
    "Koa 3",
    { label: "koa-pino-logger + prometheus-api-metrics", isRequestLine: isPinoHttpLine },
    { name: "lean", label: "koa-pino-logger + prom-client by hand", isRequestLine: isPinoHttpLine },
  ),
  framework("hono", "Hono 4", {
    label: "hono/logger + @hono/prometheus",
    isRequestLine: isHonoLine,
    linesPerRequest: 2,
  }),
  {
    ...framework("nest", "NestJS 12 on Express", {
      label: "nestjs-pino + nestjs-prometheus",
      isRequestLine: isPinoHttpLine,
    }),
    requests: 500,
  },
  framework("nest-fastify", "NestJS 12 on Fastify", {
    label: "nestjs-pino + nestjs-prometheus",
    isRequestLine: isPinoHttpLine,
  }),
  {
    ...framework(
      "next",
      "Next.js 16",
      {
        label: "pino + OpenTelemetry",
        isRequestLine: isPinoHttpLine,
        answersRequestId: true,
        histogram: "http_server_request_duration",
      },
      {
        name: "lean",
        label: "pino + prom-client in a wrapper",
        isRequestLine: isPinoHttpLine,
        answersRequestId: true,
      },
    ),
    requests: 500,
    prepare: (progress) => buildNextVariants(["bare", "usual", "lean", "kit"], progress),
  },
];

/** @throws when there is none of that name. */
export function findFramework(name: string): Framework {
  const found = FRAMEWORKS.find((each) => each.name === name);
  if (found) return found;
  throw new Error(`no framework "${name}"; there are ${FRAMEWORKS.map((each) => each.name).join(", ")}`);
}

/** A framework of whose variants there are three: bare, its usual logger and metrics, and Taffrail; and others to compare. */
function framework(name: string, label: string, usual: Usual, ...others: readonly Other[]): Framework {
  const variants: readonly Variant[] = [
    { name: "bare", label: `bare ${label}` },
    { name: "bare-again", label: `bare ${label}, again`, file: `${name}/bare` },
    ...[{ name: "usual", ...usual }, ...others].map((each) => ({ histogram: usualHistogram, ...each })),
    {
      name: "kit",
      label: "taffrail",
      isRequestLine: isContractLine,
      linesAtStart: 2,
      histogram: "http_server_request_duration_seconds",
      answersRequestId: true,
    },
  ];
  return {
    name,
    label,
    requests: 2_000,
    variants: variants.map((variant) => ({ file: `${name}/${variant.name}`, ...variant })),
    limits: [{ reference: "usual", most: 0.6 }],
  };
}

/** "incoming request" or "request completed". */
function isFastifyLine(line: string): boolean {
  const { reqId, req, res } = parseFields(line);
  return typeof reqId === "string" && (typeof req === "object" || typeof res === "object");
}

function isHonoLine(line: string): boolean {
  return /^(<--|-->) (GET|POST) \/api\//.test(line);
}
