import type { Socket } from "node:net";

/** Tell the status of the answer that somebody writes to a socket by hand, as refusals and upgrades are. */
export function watchStatus(socket: Socket, tell: (status: number) => void): void {
  let isTold = false;
  for (const name of ["write", "end"] as const) {
    const send = socket[name] as (...args: unknown[]) => never;
    socket[name] = (...args: unknown[]) => {
      const digits = isTold ? undefined : statusLine.exec(startOf(args[0]))?.[1];
      if (digits !== undefined) {
        isTold = true;
        tell(Number(digits));
      }
      return send.apply(socket, args);
    };
  }
}

const statusLine = /^HTTP\/1\.[01] (\d{3})/;

function startOf(chunk: unknown): string {
  if (typeof chunk === "string") return chunk.slice(0, 16);
  return chunk instanceof Uint8Array ? Buffer.from(chunk.subarray(0, 16)).toString("latin1") : "";
}
