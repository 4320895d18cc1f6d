import type { Alert } from "../../rules/index.ts";
import type { ApiAnswer, ApiRequest } from "../api/api-message.ts";
import type { LineBatch } from "../collect/line-collector.ts";
import type { StoreOptions } from "./store-host.ts";

/** What the thread is started with. */
export type ThreadData = StoreOptions;

export type ToThread =
  | { readonly kind: "call"; readonly id: number; readonly request: ApiRequest }
  | { readonly kind: "lines"; readonly id: number; readonly batch: LineBatch }
  | { readonly kind: "tail"; readonly id: number; readonly request: ApiRequest }
  | { readonly kind: "end-tail"; readonly id: number }
  | { readonly kind: "close"; readonly id: number };

/** An answer whose body crosses without being copied. */
export interface SentAnswer extends Omit<ApiAnswer, "body"> {
  readonly body: Uint8Array;
}

export type FromThread =
  /** Undefined where there is nothing to say but that it is done. */
  | { readonly kind: "answer"; readonly id: number; readonly answer: SentAnswer | undefined }
  | { readonly kind: "frame"; readonly id: number; readonly frame: string }
  | { readonly kind: "alert"; readonly alert: Alert }
  | { readonly kind: "problem"; readonly message: string };
