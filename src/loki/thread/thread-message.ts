import type { Alert } from "../../rules/index.ts";
import type { FromAskedThread } from "../../threads/asked-thread.ts";
import type { ApiAnswer, ApiRequest } from "../api/api-message.ts";
import type { LineBatch } from "../collect/line-collector.ts";
import type { StoreOptions } from "./store-host.ts";

/** What the thread is started with. */
export type ThreadData = StoreOptions;

export type Question =
  | { readonly kind: "call"; readonly request: ApiRequest }
  | { readonly kind: "lines"; readonly batch: LineBatch }
  | { readonly kind: "tail"; readonly request: ApiRequest }
  | { readonly kind: "close" };

export type ToThread = (Question | { readonly kind: "end-tail" }) & { readonly id: number };

/** An answer whose body crosses without being copied. */
export interface SentAnswer extends Omit<ApiAnswer, "body"> {
  readonly body: Uint8Array;
}

export type News =
  | { readonly kind: "frame"; readonly id: number; readonly frame: string }
  | { readonly kind: "alert"; readonly alert: Alert }
  | { readonly kind: "problem"; readonly message: string };

/** Undefined where there is nothing to say but that it is done. */
export type FromThread = FromAskedThread<SentAnswer | undefined, News>;
