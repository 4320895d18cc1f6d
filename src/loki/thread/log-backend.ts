import type { ApiRequest } from "../api/api-message.ts";
import type { SentAnswer } from "./thread-message.ts";

/** What a server needs of a store, wherever it runs. */
export interface LogBackend {
  /** A call whose signal aborts before its turn may be left out. */
  call(request: ApiRequest, signal?: AbortSignal): Promise<SentAnswer>;
  /** Follow a query; an answer says why it can't be. */
  tail(request: ApiRequest, onFrame: (frame: string) => void): Promise<FollowedQuery | SentAnswer>;
  close(): Promise<void>;
}

export interface FollowedQuery {
  end(): void;
  /** Resolves when it ends by itself; missing where it never does. */
  readonly ended?: Promise<void>;
}
