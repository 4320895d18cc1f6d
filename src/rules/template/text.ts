/** Go's strings.Title: the first letter of each word in upper case. */
export function titleCase(text: string): string {
  return text.replace(wordStart, (letter) => letter.toUpperCase());
}

/** `host:port` without the port; any other text as it is. */
export function stripPort(text: string): string {
  const found = /^(?:\[([^[\]]*)\]|([^:[\]]*)):[^:[\]]*$/.exec(text);
  return found ? (found[1] ?? found[2] ?? "") : text;
}

/** The first part of a host name, its port kept. An IP address is left as it is. */
export function stripDomain(text: string): string {
  const host = stripPort(text);
  if (/^[0-9.]+$/.test(host) || host.includes(":")) return text;
  const [name = ""] = host.split(".");
  return name + text.slice(host.length);
}

// In Go a word ends at white space and at any ASCII sign but `_`.
const wordStart = /(?<=^|\s|[^\w\P{ASCII}])\p{L}/gu;
