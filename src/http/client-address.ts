/** A client's address as it is logged: an IPv4 address that arrived through an IPv6 socket, as IPv4. */
export function plainAddress(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}
