/** An address as a number: IPv4 in 32 bits, IPv6 in 128. */
export interface IpAddress {
  readonly version: 4 | 6;
  readonly value: bigint;
}

/** Read an address; undefined when the text is none. */
export function parseIp(text: string): IpAddress | undefined {
  return text.includes(":") ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): IpAddress | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return { version: 4, value: parts.reduce((value, part) => value * 256n + BigInt(part), 0n) };
}

function parseV6(text: string): IpAddress | undefined {
  const [bare = ""] = text.split("%");
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(bare);
  const tail = embedded ? parseV4(embedded[2] ?? "") : undefined;
  if (embedded && !tail) return undefined;
  const low = tail ? `${(tail.value >> 16n).toString(16)}:${(tail.value & 0xffffn).toString(16)}` : "";
  return fromGroups(embedded ? `${embedded[1]}${low}` : bare);
}

function fromGroups(text: string): IpAddress | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [left = [], right = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...left, ...Array<string>(Math.max(0, missing)).fill("0"), ...right];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return { version: 6, value: groups.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n) };
}
