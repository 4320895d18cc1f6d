import { createTaffrail, type LogLine, type Taffrail, type TaffrailOptions } from "../../src/index.ts";
import { type CapturedLog, captureLog } from "../../src/testing/index.ts";
import { type Ask, ask } from "./client.ts";

/** A kit whose lines a test sees, and requests asked under ids of their own. */
export interface Watched {
  readonly kit: Taffrail;
  readonly log: CapturedLog;
  /** Ask over a real socket and answer the completion line. */
  complete(url: string, options?: Ask): Promise<LogLine>;
  /** All lines of the same request, in order. */
  linesOf(line: LogLine): readonly LogLine[];
}

export function createWatched(options: TaffrailOptions = {}): Watched {
  const log = captureLog();
  const kit = createTaffrail({ preset: "test", log: { destination: log.destination }, ...options });
  let count = 0;
  return {
    kit,
    log,
    async complete(url, { headers, ...others } = {}) {
      const id = `watched-${count++}`;
      await ask(url, { ...others, headers: { "x-request-id": id, ...headers } });
      return log.waitFor((line) => line.request_id === id && line.event_name === "http.server.request");
    },
    linesOf: ({ request_id }) => log.lines.filter((line) => line.request_id === request_id),
  };
}
