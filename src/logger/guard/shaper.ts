import { types } from "node:util";
import { isCardNumber } from "../redaction/card-numbers.ts";
import { mask, type Redaction } from "../redaction/redaction.ts";
import { bigintText } from "./bigint-text.ts";
import { cutText } from "./cut-text.ts";
import { exceptionMessage } from "./exception.ts";
import { headerList, isHeaderName, isHeaders } from "./header-list.ts";
import { knownKind } from "./known-kind.ts";

const maxDepth = 8;
const maxKeyLength = 128;
/** A longer key may be a text, a URL or a token say, rather than a name. */
const maxNameLength = 16;
/** In characters. The whole leaves room within a line's limit for what the kit adds; a single text, for other fields. */
const defaultLimits: ShaperLimits = { budget: 12_000, maxTextLength: 8_192 };
/** What a value costs at least: its comma, colon and quotes. */
const punctuation = 4;
/** Below it no number can be that of a card. */
const leastCardNumber = 30_000_000_000_000;

export interface ShaperLimits {
  /** Characters in all. */
  readonly budget: number;
  /** Characters of one text. */
  readonly maxTextLength: number;
}

/**
 * Copies the values of one line into what JSON can carry: secrets masked, what JSON lacks named, cycles and
 * throwing getters marked in place, the whole within a budget of characters, whatever comes. Never throws.
 */
export class Shaper {
  /** Something was cut or left out. */
  truncated = false;
  /** Something could not be read. */
  degraded = false;
  readonly #redaction: Redaction;
  readonly #maxTextLength: number;
  #left: number;
  // The objects being copied, outermost first: as many as there are levels.
  readonly #path: object[] = [];

  constructor(redaction: Redaction, limits: ShaperLimits = defaultLimits) {
    this.#redaction = redaction;
    this.#left = limits.budget;
    this.#maxTextLength = limits.maxTextLength;
  }

  /** Whether anything more has room. */
  get isFull(): boolean {
    if (this.#left > 0) return false;
    this.truncated = true;
    return true;
  }

  /** A key as it may be written; its length goes off the budget. */
  key(key: string): string {
    this.#left -= Math.min(key.length, maxKeyLength) + punctuation;
    if (key.length <= maxNameLength) return key;
    if (key.length <= maxKeyLength) return this.#redaction.scrub(key);
    this.truncated = true;
    return `${this.#redaction.scrub(key.slice(0, 2 * maxKeyLength)).slice(0, maxKeyLength)}…`;
  }

  /** Read a property, which may throw. */
  read(owner: object, key: string): unknown {
    try {
      // By name, from whatever the user handed over.
      return (owner as Record<string, unknown>)[key];
    } catch (error) {
      return this.unreadable(error);
    }
  }

  /** The value of a field, masked where its name is a secret's; a yes or no is none. */
  field(key: string, value: unknown): unknown {
    const isMasked = value !== undefined && typeof value !== "boolean" && this.#redaction.isSecret(key);
    return isMasked ? mask : this.value(value, key);
  }

  /** What stands for something that could not be read. */
  unreadable(error: unknown): string {
    this.degraded = true;
    return `[unreadable: ${cutText(exceptionMessage(error), 128)}]`;
  }

  /** Copy a value; its key tells headers from other objects. */
  value(value: unknown, key?: string): unknown {
    switch (typeof value) {
      case "string":
        return this.text(value);
      case "number":
        return this.#number(value);
      case "boolean":
      case "undefined":
        return value;
      case "bigint":
        return this.text(bigintText(value));
      case "symbol":
        return this.text(value.toString());
      case "function":
        return this.#function(value);
      default:
        return value ? this.#object(value, key) : null;
    }
  }

  /** Copy a text, secrets masked, cut where there is no more room. */
  text(text: string): string {
    const limit = Math.min(this.#maxTextLength, Math.max(this.#left, 0));
    if (text.length <= limit) {
      this.#left -= text.length;
      return this.#redaction.scrub(text);
    }
    this.truncated = true;
    this.#left -= limit;
    const kept = cutText(text, limit);
    return `${this.#redaction.scrub(kept).toWellFormed()}…[${text.length - kept.length} characters cut]`;
  }

  #number(value: number): unknown {
    if (!Number.isFinite(value)) return String(value);
    if (value >= leastCardNumber && isCardNumber(String(value))) return mask;
    return value;
  }

  // biome-ignore lint/complexity/noBannedTypes: it may be any function
  #function(value: Function): string {
    try {
      return this.text(`[function ${String(value.name)}]`);
    } catch (error) {
      return this.text(this.unreadable(error));
    }
  }

  #object(value: object, key: string | undefined): unknown {
    if (this.#path.includes(value)) return "[circular]";
    if (this.#path.length >= maxDepth) {
      this.truncated = true;
      return "[too deep]";
    }
    this.#path.push(value);
    try {
      return this.#copy(value, key);
    } catch (error) {
      return this.text(this.unreadable(error));
    } finally {
      this.#path.pop();
    }
  }

  #copy(value: object, key: string | undefined): unknown {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      if (Array.isArray(value)) {
        return isHeaders(key) ? this.#headers(headerList(value)) : this.#items(value, value.length);
      }
      if (types.isMap(value)) {
        return isHeaders(key) ? this.#headers(value.entries()) : this.#entries(value.entries());
      }
      if (types.isSet(value)) return this.#items(value.values(), value.size);
      const kind = knownKind(value);
      if (kind) return this.value(kind.as, key);
      // By its tag: asking for the class would load Node's whole fetch.
      if (isHeadersObject(value)) return this.#headers(value);
    }
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === "function") {
      const json: unknown = toJSON.call(value, key ?? "");
      return json === value ? this.#fields(value) : this.value(json, key);
    }
    return isHeaders(key) ? this.#headers(Object.entries(value)) : this.#fields(value);
  }

  #fields(value: object): object {
    const copy: Record<string, unknown> = {};
    // V8 lists all keys before it gives one, whichever way it is asked; this is the cheapest.
    for (const key of Object.keys(value)) {
      if (this.isFull) break;
      if (key === "value" && this.#isNamedSecret(value)) {
        copy[this.key(key)] = mask;
        continue;
      }
      copy[safeKey(this.key(key))] = this.field(key, this.read(value, key));
    }
    return copy;
  }

  /** `{ name: "DB_PASSWORD", value }`, as containers' environments, forms and HAR have it; some say `key`. */
  #isNamedSecret(pair: object): boolean {
    const isSecret = (name: unknown): boolean => typeof name === "string" && this.#redaction.isSecret(name);
    return isSecret(this.read(pair, "name")) || isSecret(this.read(pair, "key"));
  }

  #entries(entries: Iterable<readonly [unknown, unknown]>): object {
    const copy: Record<string, unknown> = {};
    for (const [name, value] of entries) {
      if (this.isFull) break;
      const key = keyText(name);
      copy[safeKey(this.key(key))] = this.field(key, value);
    }
    return copy;
  }

  #headers(entries: Iterable<readonly [unknown, unknown]>): object {
    const copy: Record<string, unknown> = {};
    for (const [name, value] of entries) {
      if (this.isFull) break;
      const key = isHeaderName(name) ? name : mask;
      copy[safeKey(this.key(key))] = this.#redaction.isShownHeader(key) ? this.value(value) : mask;
    }
    return copy;
  }

  #items(items: Iterable<unknown>, count: number): unknown[] {
    const copy: unknown[] = [];
    let before: unknown;
    for (const item of items) {
      if (this.isFull) {
        copy.push(`…[${count - copy.length} more]`);
        break;
      }
      this.#left -= punctuation;
      copy.push(this.#isAnnounced(before, count) ? mask : (this.value(item) ?? null));
      before = item;
    }
    return copy;
  }

  /** What follows a secret's name in a pair (`Object.entries`), or a command's flag (`["--password", "x"]`). */
  #isAnnounced(before: unknown, count: number): boolean {
    if (typeof before !== "string" || (count !== 2 && !before.startsWith("-"))) return false;
    return this.#redaction.isSecret(before);
  }
}

/** Assigning to this name would set the prototype. */
function safeKey(key: string): string {
  return key === "__proto__" ? "[__proto__]" : key;
}

/** A Map's key: an object is named, as its own text may be of any length. */
function keyText(name: unknown): string {
  if (typeof name === "bigint") return bigintText(name);
  const isObject = (typeof name === "object" && name !== null) || typeof name === "function";
  return isObject ? Object.prototype.toString.call(name) : String(name);
}

/** fetch's, undici's and axios's. */
function isHeadersObject(value: object): value is Iterable<[string, unknown]> {
  return /^\[object (?:Axios)?Headers\]$/.test(Object.prototype.toString.call(value));
}
