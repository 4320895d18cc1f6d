import type { ApiAnswer } from "../api/api-message.ts";
import type { LogBackend } from "./log-backend.ts";
import type { StoreHost } from "./store-host.ts";
import type { SentAnswer } from "./thread-message.ts";

/** A store in this thread. `frames` is what the host's tails send to. */
export function localBackend(host: StoreHost, frames: Map<number, (frame: string) => void>): LogBackend {
  let lastId = 0;
  return {
    call: async (request) => sent(host.call(request)),
    tail: async (request, onFrame) => {
      const id = ++lastId;
      frames.set(id, onFrame);
      const refused = host.tails.open(id, request);
      if (refused) return sent(refused);
      return {
        end: () => {
          host.tails.close(id);
          frames.delete(id);
        },
      };
    },
    close: async () => host.close(),
  };
}

function sent(answer: ApiAnswer): SentAnswer {
  return { ...answer, body: Buffer.from(answer.body) };
}
