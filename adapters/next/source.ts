import type { IncomingMessage } from "node:http";
import type { Exchange } from "../../src/http/exchange.ts";
import { NodeSource } from "../node/source.ts";

/** What Next keeps on Node's request of how it routed it. */
const metaKey = Symbol.for("NextInternalRequestMeta");
interface RoutedRequest extends IncomingMessage {
  readonly [metaKey]?: RequestMeta | undefined;
}
interface RequestMeta {
  readonly match?: { readonly definition?: { readonly pathname?: unknown } };
}

/** What is kept on a request whose exchange waits for a span. */
interface AdoptingRequest extends RoutedRequest {
  [metaOf]?: RequestMeta | undefined;
  [adopter]?: Exchange | undefined;
}
const metaOf = Symbol("taffrail.next.meta");
const adopter = Symbol("taffrail.next.adopter");

/**
 * Have an exchange take over the span that an OpenTelemetry SDK is told of its request, HTTP instrumentation's or Next's
 * own. Either begins when the exchange is open already, and is the first to be active where Next notes what it knows of
 * the request.
 */
export function adoptSpan(req: IncomingMessage, exchange: Exchange): void {
  const adopting: AdoptingRequest = req;
  adopting[metaOf] = adopting[metaKey];
  adopting[adopter] = exchange;
  Object.defineProperty(req, metaKey, adoptingMeta);
}

// One getter and one setter for all requests: with its own, each would be of a hidden class of its own, and Next, which
// asks its requests for a hundred things, would miss V8's caches for every one.
const adoptingMeta: PropertyDescriptor & ThisType<AdoptingRequest> = {
  configurable: true,
  enumerable: true,
  get() {
    return this[metaOf];
  },
  set(noted: RequestMeta | undefined) {
    this[metaOf] = noted;
    if (this[adopter]?.adoptSpan()) this[adopter] = undefined;
  },
};

/** A request and response of Next's server as the kit sees them. */
export class NextSource extends NodeSource {
  readonly #req: RoutedRequest;
  #template: string | undefined = undefined;

  constructor(...[req, res]: ConstructorParameters<typeof NodeSource>) {
    super(req, res);
    this.#req = req;
  }

  /**
   * Keep the route: Next puts its error page in the place of the one that failed.
   *
   * @param template the route as the application tells it @default the one that Next found
   */
  keepRoute(template: string | undefined = this.#found()): void {
    this.#template ??= template;
  }

  override route(): string | undefined {
    return this.#template ?? this.#found();
  }

  #found(): string | undefined {
    const page = this.#req[metaKey]?.match?.definition?.pathname;
    return typeof page === "string" ? templateOf(page) : undefined;
  }
}

/** Keep the route of an exchange of Next's, whatever copy of the package opened it. */
export function keepRoute({ source }: Exchange, template?: string): void {
  if ("keepRoute" in source) (source as NextSource).keepRoute(template);
}

/** The pages that Next answers with where none matched, or one failed. */
const errorPage = /^\/(?:_[^/]*|404|500)$/;

/** Pages are files, so there are no more templates than those. */
const templates = new Map<string, string | undefined>();

/** A page's path as a template; undefined for an error page. */
function templateOf(page: string): string | undefined {
  if (!templates.has(page)) templates.set(page, errorPage.test(page) ? undefined : translate(page));
  return templates.get(page);
}

/** `/shop/[id]/[...rest]` is `/shop/:id/*rest`. */
function translate(page: string): string {
  return page.replace(/\[{1,2}(\.\.\.)?([^\]]+)\]{1,2}/g, (_, rest: string | undefined, name: string) =>
    rest === undefined ? `:${name}` : `*${name}`,
  );
}
