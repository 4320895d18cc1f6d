import { usageError } from "../../command.ts";

/** A service that is to be watched. */
export interface Service {
  readonly name: string;
  /** Where Prometheus scrapes it. */
  readonly target: string;
}

/** Read `NAME` or `NAME=HOST:PORT`. @throws TaffrailError `ERR_TAFFRAIL_CLI_USAGE` */
export function parseService(text: string): Service {
  const [, name, target] = /^([A-Za-z][\w-]*)(?:=([\w.-]+:\d{1,5}))?$/.exec(text) ?? [];
  if (name === undefined) {
    throw usageError(
      `${JSON.stringify(text)} is no service: expected NAME or NAME=HOST:PORT, NAME of letters, digits, _ and -`,
    );
  }
  return { name, target: target ?? `${name}:9464` };
}
