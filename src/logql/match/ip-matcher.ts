import { type IpAddress, parseIp } from "./ip-address.ts";

/** Addresses from the first to the last. */
export interface IpMatcher {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** Read what `ip("…")` holds: an address, a range `a-b`, or a CIDR block; undefined when it is none of them. */
export function parseIpMatcher(pattern: string): IpMatcher | undefined {
  const text = pattern.trim();
  if (text.includes("/")) return parseBlock(text);
  const [from = "", to = from, ...rest] = text.split("-");
  const [first, last] = [parseIp(from.trim()), parseIp(to.trim())];
  if (!first || !last || first.version !== last.version || first.value > last.value || rest.length > 0)
    return undefined;
  return { version: first.version, first: first.value, last: last.value };
}

function holdsAddress({ version, first, last }: IpMatcher, address: IpAddress): boolean {
  return address.version === version && address.value >= first && address.value <= last;
}

/** Whether any address in the text lies in the range. */
export function findsAddress(matcher: IpMatcher, text: string): boolean {
  const pattern = matcher.version === 4 ? v4 : v6;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const address = matcher.version === 4 && endsV6.test(text.slice(0, index)) ? undefined : parseIp(found);
    if (address && holdsAddress(matcher, address)) return true;
  }
  return false;
}

const v4 = /[0-9.]{7,}/g;
// An IPv4 address at the end of an IPv6 one is no address of its own.
const endsV6 = /:[0-9a-fA-F]*:$/;
const v6 = /[0-9a-fA-F:.]{2,}/g;

function parseBlock(text: string): IpMatcher | undefined {
  const [base = "", bits = ""] = text.split("/");
  const address = parseIp(base);
  const size = address?.version === 4 ? 32 : 128;
  if (!address || !/^\d{1,3}$/.test(bits) || Number(bits) > size) return undefined;
  const hostBits = BigInt(size - Number(bits));
  const first = (address.value >> hostBits) << hostBits;
  return { version: address.version, first, last: first + (1n << hostBits) - 1n };
}
