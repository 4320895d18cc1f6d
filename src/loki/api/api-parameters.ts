import { parseDurationMs } from "../../rules/index.ts";
import { ApiError, type ApiRequest } from "./api-message.ts";
import { parseTime } from "./parse-time.ts";

const hourMs = 3_600_000;

/** The parameters of a call, of the address and of a form alike, checked as they are read. */
export class ApiParameters {
  readonly #values: URLSearchParams;
  readonly #nowMs: number;

  constructor(request: ApiRequest, nowMs: number) {
    this.#nowMs = nowMs;
    this.#values = new URLSearchParams(request.query);
    if (request.contentType !== "application/x-www-form-urlencoded") return;
    for (const [name, value] of new URLSearchParams(Buffer.from(request.body).toString()))
      this.#values.append(name, value);
  }

  text(name: string): string {
    return this.#values.get(name) ?? "";
  }

  texts(name: string): string[] {
    return this.#values.getAll(name);
  }

  count(name: string, otherwise: number): number {
    const text = this.text(name);
    if (text === "") return otherwise;
    if (!/^[+-]?\d{1,15}$/.test(text))
      throw new ApiError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
    if (Number(text) <= 0) throw new ApiError(`${name} must be a positive value`);
    return Number(text);
  }

  direction(): "forward" | "backward" {
    const text = this.text("direction").toLowerCase();
    if (text === "" || text === "backward") return "backward";
    if (text === "forward") return "forward";
    throw new ApiError(`invalid direction '${this.text("direction")}'`);
  }

  /** A time in nanoseconds; now where it is not given. */
  time(name: string): bigint {
    const text = this.text(name);
    return text === "" ? BigInt(Math.round(this.#nowMs)) * 1_000_000n : parseTime(text);
  }

  /** `start` and `end` in nanoseconds; the start is `since` before the end where it is not given. */
  range(otherwiseSinceMs: number = hourMs): { readonly start: bigint; readonly end: bigint } {
    const end = this.time("end");
    const now = BigInt(Math.round(this.#nowMs)) * 1_000_000n;
    const since = BigInt(this.#sinceMs(otherwiseSinceMs)) * 1_000_000n;
    const start = this.text("start") === "" ? (end < now ? end : now) - since : this.time("start");
    return { start, end };
  }

  /** Nanoseconds between two steps; undefined leaves it to the range. */
  step(): bigint | undefined {
    const text = this.text("step");
    if (text === "") return undefined;
    const seconds = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
    const ms = seconds === undefined ? parseDurationMs(text) : seconds * 1000;
    if (ms === undefined) throw new ApiError(`cannot parse ${JSON.stringify(text)} to a valid duration`);
    if (ms <= 0) {
      throw new ApiError(
        "zero or negative query resolution step widths are not accepted. Try a positive integer",
      );
    }
    return BigInt(Math.round(ms * 1e6));
  }

  #sinceMs(otherwise: number): number {
    const text = this.text("since");
    if (text === "") return otherwise;
    const ms = parseDurationMs(text);
    if (ms === undefined)
      throw new ApiError(`could not parse 'since' parameter: not a valid duration string: "${text}"`);
    return ms;
  }
}
