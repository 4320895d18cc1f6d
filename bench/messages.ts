import type { ChildProcess } from "node:child_process";

export interface LoadRequest {
  readonly port: number;
  readonly requests: number;
  readonly connections: number;
}

export interface LoadReply {
  readonly seconds: number;
}

export interface LogLinesRequest {
  readonly lines: number;
  /** How many lines are logged before the event loop gets its turn. */
  readonly linesPerTurn: number;
}

export interface LogLinesReply {
  readonly cpuMicros: number;
}

/** What a server process says once it listens. */
export interface Listening {
  readonly port: number;
  readonly importMs: number;
}

export type ServerQuestion = "usage" | "metrics" | "profile-start" | "profile-stop";

export interface Usage {
  readonly cpuMicros: number;
  readonly rssBytes: number;
}

/** What a process answers when it can't do what it was asked. */
export interface Failure {
  readonly failure: string;
}

/** Answer every message of the parent process; a throw becomes a Failure there. */
export function receive<Question>(answer: (question: Question) => Promise<void>): void {
  process.on("message", (message) => {
    // The parent is our own harness: it sends nothing but questions of this type.
    answer(message as Question).catch(replyFailure);
  });
  // Without its parent a child has nothing left to do.
  process.on("disconnect", () => process.exit(0));
}

export function reply<Reply extends object>(message: Reply): void {
  process.send?.(message);
}

export function replyFailure(error: unknown): void {
  reply<Failure>({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

/** Wait for the next message of a child process. @throws what the child says failed, or that it ended. */
export function nextReply<Reply extends object>(child: ChildProcess): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void =>
      settle(() => reject(new Error(`the process ended (${code})`)));
    const onMessage = (message: unknown): void => {
      // Both ends are ours; a Failure is the one other thing a child may say.
      const said = message as Reply | Failure;
      settle(() => ("failure" in said ? reject(new Error(said.failure)) : resolve(said)));
    };
    const settle = (act: () => void): void => {
      child.off("message", onMessage);
      child.off("exit", onExit);
      act();
    };
    child.on("message", onMessage);
    child.on("exit", onExit);
  });
}

/** Send a question to a child process and wait for its answer. One question at a time. */
export function ask<Reply extends object>(
  child: ChildProcess,
  question: LoadRequest | LogLinesRequest | ServerQuestion,
): Promise<Reply> {
  const answer = nextReply<Reply>(child);
  child.send(question);
  return answer;
}
