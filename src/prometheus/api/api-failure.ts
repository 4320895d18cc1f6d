import { PromqlError } from "../../promql/index.ts";

export type ErrorType = "bad_data" | "execution" | "internal" | "not_found";

const statuses: Readonly<Record<ErrorType, number>> = {
  bad_data: 400,
  execution: 422,
  internal: 500,
  not_found: 404,
};

/** A call that can't be answered, as Prometheus says it. */
export class ApiFailure extends Error {
  readonly errorType: ErrorType;

  constructor(errorType: ErrorType, message: string) {
    super(message);
    this.errorType = errorType;
  }
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: object;
}

/** Turn whatever a call ended in into an answer. */
export function failureAnswer(error: unknown): ApiAnswer {
  const { errorType, message } = asFailure(error);
  return { status: statuses[errorType], body: { status: "error", errorType, error: message } };
}

/** Give the error of a query the parameter it came in, where it is the text that is wrong. */
export function withParameter(error: unknown, name: string): unknown {
  if (!(error instanceof PromqlError) || (error.kind !== "parse" && error.kind !== "unsupported"))
    return error;
  return new ApiFailure("bad_data", `invalid parameter ${JSON.stringify(name)}: ${error.message}`);
}

function asFailure(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  if (error instanceof PromqlError) return new ApiFailure("execution", error.message);
  // A fault of our own: said to whoever asked, since nobody else looks.
  return new ApiFailure("internal", error instanceof Error ? error.message : String(error));
}
