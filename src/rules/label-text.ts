/** Write labels as Prometheus prints them: `{a="b", c="d"}`, names in order. */
export function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${pairs.map(([name, value]) => `${name}=${quoted(value)}`).join(", ")}}`;
}

/**
 * Read labels as a test writes them: `{a="b", c='d'}`, perhaps after the name of a metric. A sentence says what is wrong.
 */
export function parseLabelText(text: string): Record<string, string> | string {
  const found = /^\s*([A-Za-z_:][A-Za-z0-9_:]*)?\s*(?:\{([\s\S]*)\})?\s*$/.exec(text);
  if (!found) return `${JSON.stringify(text)} is not of the form {name="value", …}`;
  const labels: Record<string, string> = found[1] ? { __name__: found[1] } : {};
  let rest = (found[2] ?? "").trim();
  while (rest !== "") {
    const pair =
      /^([A-Za-z_][A-Za-z0-9_]*)\s*(=~|!=|!~|=)\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)\s*(?:,\s*|$)/s.exec(
        rest,
      );
    const [all = "", name = "", operator, literal = ""] = pair ?? [];
    if (!pair) return `${JSON.stringify(text)}: expected name="value" at ${JSON.stringify(rest)}`;
    if (operator !== "=") return `${JSON.stringify(text)}: labels take only =, not ${operator}`;
    if (name in labels) return `${JSON.stringify(text)}: label ${name} stands twice`;
    const value = unquoted(literal);
    if (value === undefined) return `${JSON.stringify(text)}: ${literal} has a wrong escape`;
    labels[name] = value;
    rest = rest.slice(all.length);
  }
  return labels;
}

/** Write a text as Go's %q does, for the characters that logs hold. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/\\u00([01][0-9a-f])/g, "\\x$1");
}

function unquoted(literal: string): string | undefined {
  const body = literal.slice(1, -1);
  if (literal.startsWith("`")) return body;
  let wrong = false;
  const text = body.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))/gs,
    (_, x, u, char: string | undefined) => {
      if (x !== undefined || u !== undefined) return String.fromCharCode(Number.parseInt(x ?? u, 16));
      const plain = escapes[char ?? ""];
      wrong ||= plain === undefined;
      return plain ?? "";
    },
  );
  return wrong ? undefined : text;
}

const escapes: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
  "'": "'",
};
