/** The load generator, a process of its own: told a port and a number of requests, it answers how long they took. */
import { Connection } from "./connection.ts";
import { type LoadReply, type LoadRequest, receive, reply } from "./messages.ts";
import { type PreparedRequest, requestMix } from "./requests.ts";

const mix = requestMix();
/** Kept from round to round, so that a short round measures requests and not connecting. */
const pools = new Map<number, readonly Connection[]>();

receive<LoadRequest>(async (round) => {
  const pool = pools.get(round.port) ?? (await openPool(round));
  const started = performance.now();
  const rest = stayAwake();
  try {
    await sendAll(pool, round.requests);
  } finally {
    rest();
  }
  reply<LoadReply>({ seconds: (performance.now() - started) / 1000 });
});

/**
 * Keep the event loop from sleeping. To wake a client costs the server that answers it some microseconds, which a fast
 * server is spared, whose client always has answers waiting: a slower variant would pay for it on top of its own work.
 *
 * @returns lets it sleep again
 */
function stayAwake(): () => void {
  let isAwake = true;
  const turn = (): void => {
    if (isAwake) setImmediate(turn);
  };
  turn();
  return () => {
    isAwake = false;
  };
}

async function openPool({ port, connections }: LoadRequest): Promise<readonly Connection[]> {
  // A later process may be given the port of one that is gone.
  const forget = (): void => void pools.delete(port);
  const pool = await Promise.all(Array.from({ length: connections }, () => Connection.open(port, forget)));
  pools.set(port, pool);
  return pool;
}

async function sendAll(pool: readonly Connection[], requests: number): Promise<void> {
  let sent = 0;
  const next = (): PreparedRequest | undefined => (sent < requests ? mix[sent++ % mix.length] : undefined);
  await Promise.all(pool.map((connection) => connection.drive(next)));
}
