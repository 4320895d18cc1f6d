import { TaffrailError } from "../../src/index.ts";

const kitsOutput = "the kit's output: createTaffrail({ log: { level, format, destination } })";
const contractsNames = "the log contract's names and messages (docs/fields.md)";

/** What stands in the place of options that pino-http and pino have. */
const insteadOf: Readonly<Record<string, string>> = {
  logger: "the kit's logger",
  stream: kitsOutput,
  transport: kitsOutput,
  level: kitsOutput,
  base: "createTaffrail({ serviceName, serviceVersion, … })",
  redact: "createTaffrail({ redact: { keys } })",
  serializers: "the contract's fields; the kit shapes any value",
  wrapSerializers: "the contract's fields; the kit shapes any value",
  genReqId: "createTaffrail({ http: { requestIdHeader, trustRequestId } })",
  customLogLevel: "createTaffrail({ http: { level } })",
  useLevel: "createTaffrail({ http: { level } })",
  autoLogging: "createTaffrail({ http: { skip, quiet } })",
  quietReqLogger: "nothing: a request's lines carry its ids alone",
  quietResLogger: "nothing: a request's lines carry its ids alone",
  customAttributeKeys: contractsNames,
  customReceivedMessage: contractsNames,
  customSuccessMessage: contractsNames,
  customErrorMessage: contractsNames,
  customReceivedObject: "customProps",
  customSuccessObject: "customProps",
  customErrorObject: "customProps",
  messageKey: contractsNames,
  timestamp: contractsNames,
  formatters: contractsNames,
};

/** Refuse what would take a line out of the contract. */
export function refuseOptions(options: object): void {
  const refused = Object.keys(options).filter((name) => name !== "customProps");
  if (refused.length === 0) return;
  const words = refused.map((name) => `${name} (instead: ${insteadOf[name] ?? "nothing"})`);
  throw new TaffrailError(
    "ERR_TAFFRAIL_CONFIG_INVALID",
    `contractOptions(kit, options) takes customProps, not ${words.join(", ")}`,
  );
}
