import type { ClientRequest, IncomingMessage } from "node:http";
import { type CallTarget, defaultPort, isAbsoluteUrl, targetOfUrl } from "./call-target.ts";
import type { CallHeaders } from "./carried-headers.ts";
import type { ChannelHandlers } from "./channels.ts";
import { headersChannel } from "./client-headers.ts";
import { plainHost } from "./host-list.ts";
import type { Outgoing } from "./outgoing.ts";
import type { OutgoingCall } from "./outgoing-call.ts";

interface RequestMessage {
  readonly request: ClientRequest & ClientInternals;
}

/** What Node's client requests hold beside what its types say. */
interface ClientInternals {
  readonly res?: IncomingMessage | null;
  readonly socketPath?: string | null;
}

/**
 * The calls of `node:http` and `node:https`, from Node's own channels.
 *
 * @see https://nodejs.org/api/diagnostics_channel.html#http
 */
export function nodeClientHandlers(outgoing: Outgoing): ChannelHandlers {
  const calls = new WeakMap<ClientRequest, OutgoingCall>();
  const seen = new WeakSet<ClientRequest>();
  const begin = ({ request }: RequestMessage): void => {
    // A tunnel through a proxy is no call: what goes through it is.
    if (seen.has(request) || request.method === "CONNECT") return;
    seen.add(request);
    const call = outgoing.begin(targetOf(request), request.headersSent ? undefined : headersOf(request));
    if (call === undefined) return;
    calls.set(request, call);
    request.once("close", () => {
      call.status = request.res?.statusCode;
      call.error ??= request.res?.errored ?? undefined;
      call.end();
    });
  };
  return {
    "http.client.request.created": begin,
    [headersChannel]: begin,
    // Headers given as an array are written down at once: there is nothing left to add to, but a call to measure.
    "http.client.request.start": begin,
    "http.client.request.error": ({ request, error }: RequestMessage & { readonly error: unknown }) => {
      const call = calls.get(request);
      if (call) call.error ??= error;
    },
  };
}

function targetOf(request: RequestMessage["request"]): CallTarget {
  const { method, path, host, protocol, socketPath } = request;
  if (isAbsoluteUrl(path)) return targetOfUrl(method, path);
  const scheme = protocol === "https:" ? "https" : "http";
  if (socketPath) return { method, scheme, address: socketPath, port: undefined, path };
  const address = plainHost(host);
  return { method, scheme, address, port: portOf(request, address, scheme), path };
}

/** A request does not tell its port, but for the Host header it made of it; one of the user's may name another host. */
function portOf(request: ClientRequest, address: string, scheme: CallTarget["scheme"]): number | undefined {
  const header = request.getHeader("host");
  if (typeof header !== "string") return undefined;
  const [, host = "", port] = /^(.*?)(?::(\d{1,5}))?$/.exec(header) ?? [];
  if (plainHost(host) !== address) return undefined;
  return port === undefined ? defaultPort(scheme) : Number(port);
}

function headersOf(request: ClientRequest): CallHeaders {
  return {
    has: (name) => request.hasHeader(name),
    set: (name, value) => void request.setHeader(name, value),
  };
}
