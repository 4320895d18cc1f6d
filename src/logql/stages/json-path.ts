/** A step into a document: a member of an object, or an element of an array. */
export type PathStep = string | number;

/** Read a path such as `a.b[0]["c d"]`; undefined when it is none. */
export function parseJsonPath(text: string): PathStep[] | undefined {
  const steps: PathStep[] = [];
  let at = 0;
  while (at < text.length) {
    step.lastIndex = at;
    const found = step.exec(text);
    if (!found) return undefined;
    const [, dot, name, index, quoted] = found;
    if (name !== undefined && (dot === ".") !== at > 0) return undefined;
    if (name !== undefined) steps.push(name);
    else if (index !== undefined) steps.push(Number(index));
    else steps.push((quoted ?? "").replace(/\\(.)/g, "$1"));
    at = step.lastIndex;
  }
  return steps.length === 0 ? undefined : steps;
}

const step = /(\.?)([A-Za-z_][A-Za-z0-9_]*)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/y;
