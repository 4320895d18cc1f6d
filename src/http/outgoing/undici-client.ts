import { targetOfUrl } from "./call-target.ts";
import type { CallHeaders } from "./carried-headers.ts";
import type { ChannelHandlers } from "./channels.ts";
import type { Outgoing } from "./outgoing.ts";
import type { OutgoingCall } from "./outgoing-call.ts";

/** A request of undici's as its channels show it; versions 5 to 8. */
interface UndiciRequest {
  readonly origin: string | URL;
  readonly path: string;
  readonly method: string;
  /** Names and values in turn; one text in version 5. */
  readonly headers: readonly unknown[] | string;
  /** The protocol that is asked for instead of HTTP. */
  readonly upgrade?: string | boolean | null;
  addHeader?(name: string, value: string): void;
}

interface RequestMessage {
  readonly request: UndiciRequest;
}

/**
 * The calls of undici, and so of `fetch`, from undici's channels: the one that Node has built in and those of npm share
 * them.
 *
 * @see https://undici.nodejs.org/#/docs/api/DiagnosticsChannel
 */
export function undiciClientHandlers(outgoing: Outgoing): ChannelHandlers {
  const calls = new WeakMap<UndiciRequest, OutgoingCall>();
  const end = (request: UndiciRequest, note: (call: OutgoingCall) => void): void => {
    const call = calls.get(request);
    if (call === undefined) return;
    note(call);
    call.end();
  };
  return {
    "undici:request:create": ({ request }: RequestMessage) => {
      const { method, origin, path } = request;
      // A tunnel through a proxy is no call: what goes through it is.
      if (method === "CONNECT") return;
      const call = outgoing.begin(targetOfUrl(method, String(origin), path), headersOf(request));
      // Of an upgrade the channels tell no end.
      if (call !== undefined && !request.upgrade) calls.set(request, call);
    },
    "undici:request:headers": (
      message: RequestMessage & { readonly response: { readonly statusCode: number } },
    ) => {
      const call = calls.get(message.request);
      if (call) call.status = message.response.statusCode;
    },
    "undici:request:trailers": ({ request }: RequestMessage) => end(request, () => undefined),
    "undici:request:error": ({ request, error }: RequestMessage & { readonly error: unknown }) =>
      end(request, (call) => {
        call.error = error;
      }),
  };
}

function headersOf(request: UndiciRequest): CallHeaders | undefined {
  if (request.addHeader === undefined) return undefined;
  return {
    has: (name) => hasHeader(request.headers, name),
    set: (name, value) => request.addHeader?.(name, value),
  };
}

function hasHeader(headers: UndiciRequest["headers"], name: string): boolean {
  if (typeof headers === "string") return headers.toLowerCase().includes(`${name}:`);
  return headers.some((text, at) => at % 2 === 0 && String(text).toLowerCase() === name);
}
