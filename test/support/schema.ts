import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { logSchema } from "../../src/contract/json-schema.ts";

const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(logSchema());

/** Validate a line against the log schema; answers what is wrong with it. */
export function matchesSchema(line: unknown): string[] {
  validate(line);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
