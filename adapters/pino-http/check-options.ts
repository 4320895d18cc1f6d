import { TaffrailError } from "../../src/index.ts";

/** Options of pino-http and pino that the contract has room for. */
const composing: ReadonlySet<string> = new Set([
  "genReqId",
  "autoLogging",
  "customLogLevel",
  "customProps",
  "customReceivedObject",
  "customReceivedMessage",
  "customSuccessObject",
  "customErrorObject",
  "customAttributeKeys",
  "serializers",
  "wrapSerializers",
  "quietReqLogger",
  "quietResLogger",
  "level",
  "msgPrefix",
]);

/** What to do in the place of options that it has none for. */
const instead: Readonly<Record<string, string>> = {
  logger: "log through kit.log, which is a pino logger",
  stream: "createTaffrail({ log: { destination } })",
  transport: "the kit writes to standard output, with LOG_FORMAT=pretty for people",
  redact: "createTaffrail({ redact: { keys } }), which holds for every line",
  name: "createTaffrail({ serviceName })",
  useLevel: "customLogLevel, or createTaffrail({ http: { level } })",
  autoLogging: "leave it out, or { ignore } for some requests: the completion line is what is read",
  customSuccessMessage: "customSuccessObject, or customProps",
  customErrorMessage: "customErrorObject, or customProps",
  mixin: "kit.addFields, or customProps",
};

/**
 * Refuse options that would have lines break the contract.
 *
 * @throws TaffrailError `ERR_TAFFRAIL_CONFIG_INVALID`, naming all of them
 */
export function checkOptions(options: object): void {
  const clashes = Object.entries(options)
    .filter(
      ([name, value]) =>
        value !== undefined && (!composing.has(name) || (name === "autoLogging" && value === false)),
    )
    .map(([name]) => `${name} (instead: ${instead[name] ?? "leave it out: the log contract says it"})`);
  if (clashes.length === 0) return;
  throw new TaffrailError(
    "ERR_TAFFRAIL_CONFIG_INVALID",
    `options of pino-http that don't go with contractOptions: ${clashes.join(", ")}`,
  );
}

/**
 * Refuse options that were set beside those of contractOptions, where they undo one of them.
 *
 * @throws TaffrailError `ERR_TAFFRAIL_CONFIG_INVALID`
 */
export function checkSpread(merged: Readonly<Record<string, unknown>>, customProps: unknown): void {
  const { autoLogging: _, ...others } = merged;
  checkOptions(others);
  if (others["customProps"] === customProps) return;
  throw new TaffrailError(
    "ERR_TAFFRAIL_CONFIG_INVALID",
    "customProps is set beside contractOptions: give it to contractOptions(kit, { customProps })",
  );
}
