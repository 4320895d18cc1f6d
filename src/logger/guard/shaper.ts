import { isCardNumber } from "../redaction/card-numbers.ts";
import { mask, type Redaction } from "../redaction/redaction.ts";
import { bigintText } from "./bigint-text.ts";
import { copyObject } from "./copy-object.ts";
import { cutText } from "./cut-text.ts";
import { exceptionMessage } from "./exception.ts";

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
  readonly redaction: Redaction;
  readonly #maxTextLength: number;
  #left: number;
  // The objects being copied, outermost first: as many as there are levels.
  readonly #path: object[] = [];

  constructor(redaction: Redaction, limits: ShaperLimits = defaultLimits) {
    this.redaction = redaction;
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
    if (key.length <= maxKeyLength) return this.redaction.scrub(key);
    this.truncated = true;
    return `${this.redaction.scrub(key.slice(0, 2 * maxKeyLength)).slice(0, maxKeyLength)}…`;
  }

  /** Count an item of a list, which has no key. */
  item(): void {
    this.#left -= punctuation;
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

  /** The value of a field, masked where its name is a secret's. */
  field(key: string, value: unknown): unknown {
    return this.redaction.isSecret(key) && mayBeSecret(value, key, this.redaction)
      ? mask
      : this.value(value, key);
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
      return this.redaction.scrub(text);
    }
    this.truncated = true;
    this.#left -= limit;
    const kept = cutText(text, limit);
    return `${this.redaction.scrub(kept).toWellFormed()}…[${text.length - kept.length} characters cut]`;
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
      return copyObject(value, key, this);
    } catch (error) {
      return this.text(this.unreadable(error));
    } finally {
      this.#path.pop();
    }
  }
}

/** A yes or no is no secret, nor is how many there are. */
function mayBeSecret(value: unknown, key: string, { isCount }: Redaction): boolean {
  if (typeof value === "number") return !isCount(key);
  return value !== undefined && typeof value !== "boolean";
}
