import { type Matcher, parsePromql } from "../../promql/index.ts";
import { parseDurationMs } from "../../rules/index.ts";
import { ApiFailure, withParameter } from "./api-failure.ts";

/** The parameters of a call, of the address and of a form alike, checked as they are read. */
export class Parameters {
  readonly #values: URLSearchParams;
  readonly nowMs: number;

  constructor(values: URLSearchParams, nowMs: number) {
    this.#values = values;
    this.nowMs = nowMs;
  }

  text(name: string): string {
    return this.#values.get(name) ?? "";
  }

  texts(name: string): string[] {
    return [...this.#values.getAll(name), ...this.#values.getAll(`${name}[]`)];
  }

  /** Milliseconds since 1970, of seconds or RFC 3339. */
  time(name: string, otherwise: number | undefined): number {
    const text = this.text(name);
    if (text === "" && otherwise !== undefined) return otherwise;
    const ms = decimal.test(text) ? Number(text) * 1000 : rfc3339.test(text) ? Date.parse(text) : Number.NaN;
    if (Number.isFinite(ms)) return Math.round(ms);
    throw this.#invalid(name, `cannot parse ${JSON.stringify(text)} to a valid timestamp`);
  }

  /** Milliseconds, of seconds or a duration. */
  duration(name: string): number {
    const text = this.text(name);
    const ms = decimal.test(text) ? Number(text) * 1000 : parseDurationMs(text);
    if (text === "" || ms === undefined)
      throw this.#invalid(name, `cannot parse ${JSON.stringify(text)} to a valid duration`);
    if (ms > 0) return ms;
    const advice = "zero or negative query resolution step widths are not accepted. Try a positive integer";
    throw this.#invalid(name, advice);
  }

  /** A whole number; undefined where it is not given. */
  limit(name: string): number | undefined {
    const text = this.text(name);
    if (text === "") return undefined;
    if (!/^\d{1,9}$/.test(text))
      throw this.#invalid(name, `limit must be non-negative, got ${JSON.stringify(text)}`);
    return Number(text) === 0 ? undefined : Number(text);
  }

  /** The selectors given as `match[]`. */
  selectors(): (readonly Matcher[])[] {
    return this.#values.getAll("match[]").map((text) => {
      try {
        const expression = parsePromql(text);
        if (expression.kind === "selector") return expression.matchers;
      } catch (error) {
        throw withParameter(error, "match[]");
      }
      throw this.#invalid("match[]", `${JSON.stringify(text)} is no selector`);
    });
  }

  #invalid(name: string, message: string): ApiFailure {
    return new ApiFailure("bad_data", `invalid parameter ${JSON.stringify(name)}: ${message}`);
  }
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
