import type { Alert } from "../../rules/index.ts";
import type { FromAskedThread } from "../../threads/asked-thread.ts";
import type { ApiRequest } from "../api/api.ts";
import type { EncodedAnswer } from "../api/api-handler.ts";
import type { PrometheusOptions } from "../options.ts";
import type { ScrapeTarget } from "../scrape/target.ts";

/** What the thread is started with. */
export type ThreadData = Omit<PrometheusOptions, "now" | "onAlert" | "onProblem">;

export type Question =
  | { readonly kind: "call"; readonly request: ApiRequest }
  | { readonly kind: "target"; readonly target: ScrapeTarget };

export type ToThread = Question & { readonly id: number };

export type News =
  | { readonly kind: "alert"; readonly alert: Alert }
  | { readonly kind: "problem"; readonly message: string };

/** Undefined where there is nothing to say but that it is done. */
export type FromThread = FromAskedThread<EncodedAnswer | undefined, News>;
