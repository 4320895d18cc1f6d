import { httpMethods, otherMethod } from "../contract/methods.ts";

const known: ReadonlySet<string> = new Set(httpMethods);

/** Bring a request method to the bounded set that logs and metrics use. */
export function boundedMethod(method: string): string {
  return known.has(method) ? method : otherMethod;
}
