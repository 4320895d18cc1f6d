import type { ExchangeSource } from "../../src/http/exchange.ts";

/** What a platform's Request doesn't say of itself, from whoever knows it. */
export interface WebRequestContext {
  /** The template of the route that matched, asked when the exchange ends. */
  readonly route: () => string | undefined;
  readonly clientAddress?: (() => string | undefined) | undefined;
}

/** A request and response of the web platform as the kit sees them: there is no Node response under it. */
export class WebSource implements ExchangeSource {
  readonly method: string;
  readonly target: string;
  readonly scheme: "http" | "https";
  readonly httpVersion = undefined;
  readonly #headers: Headers;
  readonly #context: WebRequestContext;
  #response: Response | undefined = undefined;
  #end: "open" | "complete" | "left" | { readonly error: unknown } = "open";

  constructor({ method, url, headers }: Request, context: WebRequestContext) {
    this.method = method;
    this.target = url;
    this.scheme = url.startsWith("https:") ? "https" : "http";
    this.#headers = headers;
    this.#context = context;
  }

  /** The response's head is decided. */
  answer(response: Response): void {
    this.#response = response;
  }

  /** The body reached its end, as far as the application has a say in it. */
  complete(): void {
    this.#end = "complete";
  }

  /** The client left. */
  leave(): void {
    this.#end = "left";
  }

  /** The body broke. */
  break(error: unknown): void {
    this.#end = { error };
  }

  requestHeader(name: string): string | undefined {
    return this.#headers.get(name) ?? undefined;
  }

  isConnected(): boolean {
    return this.#end !== "left";
  }

  status(): number | undefined {
    return this.#response?.status;
  }

  isComplete(): boolean {
    return this.#end === "complete";
  }

  isBrokenOff(): boolean {
    return typeof this.#end === "object";
  }

  responseError(): unknown {
    return typeof this.#end === "object" ? this.#end.error : undefined;
  }

  route(): string | undefined {
    return this.#context.route();
  }

  clientAddress(): string | undefined {
    return this.#context.clientAddress?.();
  }

  responseHeader(name: string): string | undefined {
    return this.#response?.headers.get(name) ?? undefined;
  }
}
