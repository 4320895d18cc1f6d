/** How one kind of setting is checked and, where it comes from the environment, read from text. */
export interface Kind {
  /** What is allowed, in words, for the error. */
  readonly allowed: string;
  readonly accepts: (value: unknown) => boolean;
  /** Of a list: whether one item is accepted. */
  readonly acceptsItem?: (item: unknown) => boolean;
  /** Read environment text; undefined where the text is malformed. */
  readonly parse?: (text: string) => unknown;
}

export function text(options: { readonly minLength?: number } = {}): Kind {
  const { minLength = 1 } = options;
  return {
    allowed: minLength > 1 ? `text of at least ${minLength} characters` : "text that is not empty",
    accepts: (value) => typeof value === "string" && value.length >= minLength,
    parse: (value) => value,
  };
}

export function oneOf(values: readonly string[]): Kind {
  return {
    allowed: `one of ${values.join(", ")}`,
    accepts: (value) => typeof value === "string" && values.includes(value),
    parse: (value) => value,
  };
}

export function integer(min: number, max: number): Kind {
  return {
    allowed: `a whole number from ${min} to ${max}`,
    accepts: (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
    parse: (value) => (/^\d{1,15}$/.test(value) ? Number(value) : undefined),
  };
}

export function flag(): Kind {
  return {
    allowed: "true or false",
    accepts: (value) => typeof value === "boolean",
    parse: (value) => (value === "true" ? true : value === "false" ? false : undefined),
  };
}

export function texts(
  allowed = "a list of texts",
  accepts: (item: string) => boolean = (item) => item !== "",
): Kind {
  const acceptsItem = (item: unknown): boolean => typeof item === "string" && accepts(item);
  return {
    allowed,
    accepts: (value) => Array.isArray(value) && value.every(acceptsItem),
    acceptsItem,
    parse: (value) => value.split(",").map((item) => item.trim()),
  };
}

export function matching(allowed: string, accepts: (value: string) => boolean): Kind {
  return {
    allowed,
    accepts: (value) => typeof value === "string" && accepts(value),
    parse: (value) => value,
  };
}

export function callable(): Kind {
  return { allowed: "a function", accepts: (value) => typeof value === "function" };
}

/** An object known by its methods, not by its class: a second copy of a package has other classes. */
export function having(...methods: readonly string[]): Kind {
  return {
    allowed: `an object with ${methods.map((name) => `${name}()`).join(" and ")}`,
    accepts: (value) =>
      typeof value === "object" &&
      value !== null &&
      // Read by name from whatever the user passed.
      methods.every((name) => typeof (value as Record<string, unknown>)[name] === "function"),
  };
}
