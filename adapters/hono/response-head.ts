import type { OutgoingHttpHeaders, ServerResponse } from "node:http";

/**
 * Have a response's head hold a header, unless it is written with one of that name. A response that was given a header before
 * has Node take those of `writeHead` in one by one, which is dearer; on Hono nearly all are given there.
 */
export function writeHeadWith(res: ServerResponse, name: string, value: string): void {
  const { writeHead } = res;
  res.writeHead = (status: number, ...rest: unknown[]) => {
    const headers = rest.at(-1);
    const isAlone = res.getHeaderNames().length === 0 && isRecord(headers);
    if (isAlone && !hasName(headers, name)) rest[rest.length - 1] = { ...headers, [name]: value };
    else if (!isAlone && !res.hasHeader(name)) res.setHeader(name, value);
    return Reflect.apply(writeHead, res, [status, ...rest]) as ServerResponse;
  };
}

function isRecord(headers: unknown): headers is OutgoingHttpHeaders {
  return typeof headers === "object" && headers !== null && !Array.isArray(headers);
}

function hasName(headers: OutgoingHttpHeaders, name: string): boolean {
  return Object.keys(headers).some((each) => each.length === name.length && each.toLowerCase() === name);
}
