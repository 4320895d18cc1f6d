/** A client's address as it is logged: an IPv4 address that arrived through an IPv6 socket, as IPv4. */
export function plainAddress(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}

/**
 * Tell whether what a trusted proxy forwarded may stand for an address: it may have passed on whatever a client wrote. With
 * a port, or a name as RFC 7239 has them, it may.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7239#section-6
 */
export function isAddress(text: string): boolean {
  return wellFormed.test(text);
}

const wellFormed = /^[\w.:%[\]-]{1,64}$/;
