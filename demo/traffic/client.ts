import { Agent, type ClientRequest, type IncomingMessage, request } from "node:http";
import type { Visit } from "./visits.ts";

/** What a client saw: a status, its own leaving, an answer cut short, or no answer at all. */
export type Seen = number | "left" | "cut" | "failed";

/** Makes visits to one service. */
export class Client {
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #leaving = new Set<() => void>();

  constructor(url: string) {
    this.#url = url;
  }

  /** Make a visit, whole; never rejects. */
  visit(visit: Visit, headers: Readonly<Record<string, string>>): Promise<Seen> {
    return new Promise((resolve) => {
      const { method, path } = visit;
      const asked = request(`${this.#url}${path}`, {
        method,
        agent: this.#agent,
        headers: { "user-agent": "demo-traffic", ...visit.headers, ...headers },
      });
      const leave = (): void => {
        resolve("left");
        asked.destroy();
      };
      asked.on("error", () => resolve("failed"));
      asked.on("close", () => this.#leaving.delete(leave));
      asked.on("response", (response) => readAnswer(response, visit, { leave, resolve }));
      if (visit.leaveAfterMs !== undefined) this.#leaveLater(asked, visit.leaveAfterMs, leave);
      asked.end(visit.body);
    });
  }

  /** Those who would stay for long leave now. */
  hurry(): void {
    for (const leave of this.#leaving) leave();
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Counted from when the request is on its way: one that was never sent has no line to be looked for. */
  #leaveLater(asked: ClientRequest, ms: number, leave: () => void): void {
    asked.on("finish", () => {
      this.#leaving.add(leave);
      const timer = setTimeout(leave, ms);
      asked.on("close", () => clearTimeout(timer));
    });
  }
}

interface Endings {
  readonly leave: () => void;
  readonly resolve: (seen: Seen) => void;
}

function readAnswer(response: IncomingMessage, visit: Visit, { leave, resolve }: Endings): void {
  response.on("error", () => resolve("cut"));
  response.on("end", () => resolve(response.statusCode ?? "cut"));
  if (visit.leaveMidBody) response.once("data", leave);
  response.resume();
}
