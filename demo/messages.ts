/** What a service tells the process that started it, once it listens. */
export interface ReadyMessage {
  readonly kind: "ready";
  readonly url: string;
  readonly opsUrl: string;
}

/** How far the traffic is. */
export interface Progress {
  readonly phase: string;
  readonly elapsedMs: number;
  readonly requests: number;
  /** Answers of 5xx and requests that got none. */
  readonly errors: number;
  readonly perSecond: number;
}

export interface ProgressMessage {
  readonly kind: "progress";
  readonly progress: Progress;
}

/** What the traffic generator tells at its end. */
export interface DoneMessage {
  readonly kind: "done";
  /** Requests that reached the shop, those included whose client left. */
  readonly sent: number;
  /** Requests that got no answer, mostly since an overloaded shop refused the connection. */
  readonly failed: number;
}

export type Message = ReadyMessage | ProgressMessage | DoneMessage;
