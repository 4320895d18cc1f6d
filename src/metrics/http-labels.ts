import { httpMethods, otherMethod } from "../contract/methods.ts";

/** Anything else a client sends counts as the last of them. */
const methods = [...httpMethods, otherMethod] as const;
const methodIndexes: ReadonlyMap<string, number> = new Map(methods.map((method, index) => [method, index]));

/** A scheme may come from a proxy's header, so it too is one of a few. */
const schemes = ["http", "https", "_OTHER"] as const;

/** How many combinations of method and scheme there are. */
export const methodSchemeCount: number = methods.length * schemes.length;

/** The number of a method and scheme, from 0 to {@link methodSchemeCount}. */
export function methodSchemeIndex(method: string, scheme: string): number {
  const methodIndex = methodIndexes.get(method) ?? methods.length - 1;
  const schemeIndex = scheme === "http" ? 0 : scheme === "https" ? 1 : 2;
  return methodIndex * schemes.length + schemeIndex;
}

/** The labels that {@link methodSchemeIndex} counted. */
export function methodSchemeLabels(index: number): Record<string, string> {
  return {
    http_request_method: methods[Math.floor(index / schemes.length)] ?? "_OTHER",
    url_scheme: schemes[index % schemes.length] ?? "_OTHER",
  };
}

/** A status as Node can send it, or 0 for none. */
export function knownStatus(status: number | undefined): number {
  return status !== undefined && Number.isInteger(status) && status >= 100 && status <= 999 ? status : 0;
}

const maxLabelLength = 256;

/** A label value no longer than 256 characters; undefined, and so no label, for what is no text. */
export function boundedLabel(value: string | undefined): string | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  return value.length > maxLabelLength ? value.slice(0, maxLabelLength) : value;
}
