import { channel } from "node:diagnostics_channel";
import { ClientRequest } from "node:http";

/** Told of on a Node that does not publish "http.client.request.created": the headers are about to be written. */
export const headersChannel = "taffrail:http.client.request.headers";

const key = Symbol.for("taffrail.implicit-header");
type WriteHeaders = ((this: ClientRequest) => void) & { [key]?: WriteHeaders };

/**
 * Publish on {@link headersChannel} where Node, before 22.12, says nothing of a client request while a header can
 * still be added. That takes wrapping one method of Node's own prototype, once, however many watch.
 *
 * @returns what puts it back, once nobody watches any more
 */
export function publishHeaders(): () => void {
  // Node's types leave the method out; other runtimes may have none.
  const prototype = ClientRequest.prototype as { _implicitHeader?: WriteHeaders };
  const write = prototype._implicitHeader;
  if (write === undefined || publishesCreated()) return () => undefined;
  if (write[key] === undefined) prototype._implicitHeader = wrap(write);
  return () => {
    const original = prototype._implicitHeader?.[key];
    if (original !== undefined && !headers.hasSubscribers) prototype._implicitHeader = original;
  };
}

const headers = channel(headersChannel);

function wrap(write: WriteHeaders): WriteHeaders {
  const wrapped: WriteHeaders = function (this: ClientRequest) {
    if (headers.hasSubscribers) headers.publish({ request: this });
    return write.call(this);
  };
  wrapped[key] = write;
  return wrapped;
}

function publishesCreated(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 12);
}
