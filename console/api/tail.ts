import type { StreamResult } from "../../src/logql/result.ts";

export interface TailOptions {
  /** `lost` where the server left lines out. */
  readonly onStreams: (streams: readonly StreamResult[], lost: boolean) => void;
  readonly onState: (state: TailState) => void;
}

export type TailState =
  | { readonly state: "connecting" | "live" }
  | { readonly state: "lost"; readonly retryMs: number };

interface TailFrame {
  readonly streams?: readonly StreamResult[];
  readonly dropped_entries?: readonly unknown[] | null;
}

const firstRetryMs = 500;
const lastRetryMs = 10_000;

/** Follow a query; a lost connection is made again, ever less often. The function that comes back ends it. */
export function followTail(address: () => string, { onStreams, onState }: TailOptions): () => void {
  let socket: WebSocket | undefined;
  let timer = 0;
  let retryMs = firstRetryMs;
  let ended = false;
  const connect = (): void => {
    onState({ state: "connecting" });
    socket = new WebSocket(address());
    socket.onopen = () => {
      retryMs = firstRetryMs;
      onState({ state: "live" });
    };
    socket.onmessage = ({ data }) => {
      const { streams, dropped_entries: dropped } = JSON.parse(String(data)) as TailFrame;
      if (streams) onStreams(streams, (dropped ?? []).length > 0);
    };
    socket.onclose = () => {
      if (ended) return;
      onState({ state: "lost", retryMs });
      timer = setTimeout(connect, retryMs);
      retryMs = Math.min(lastRetryMs, retryMs * 2);
    };
  };
  connect();
  return () => {
    ended = true;
    clearTimeout(timer);
    socket?.close();
  };
}
