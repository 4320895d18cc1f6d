import type { IncomingMessage } from "node:http";
import { type Level, levels } from "../logger/levels.ts";
import { errorAnswer, jsonAnswer, type OpsAnswer } from "./ops-answer.ts";
import { readSmallJson } from "./request-body.ts";

export interface LogLevelState {
  readonly level: string;
  readonly modules: Readonly<Record<string, string>>;
}

/** The levels of the running logger. */
export interface LogLevelControl {
  read(): LogLevelState;
  /** Sets the level of one module, or of everything without a level of its own. */
  set(level: Level, module?: string): void;
}

interface LevelChange {
  readonly level: Level;
  readonly module?: string;
}

const bodyShape = `The body must be JSON of at most 1 KiB: {"level": ${levels.map((level) => `"${level}"`).join(" | ")}, "module"?: a name of letters, digits, ".", "_", "-"}.`;

export function readLogLevel(control: LogLevelControl): OpsAnswer {
  const { level, modules } = control.read();
  return jsonAnswer(200, { level, modules });
}

/** Sets a level from the request's body and answers the levels as they are then. */
export async function changeLogLevel(req: IncomingMessage, control: LogLevelControl): Promise<OpsAnswer> {
  const change = parseChange(await readSmallJson(req));
  if (change === undefined) return errorAnswer(400, bodyShape);
  control.set(change.level, change.module);
  return readLogLevel(control);
}

function parseChange(body: unknown): LevelChange | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  if (Object.keys(body).some((key) => key !== "level" && key !== "module")) return undefined;
  const given = "level" in body ? body.level : undefined;
  const level = levels.find((one) => one === given);
  if (level === undefined) return undefined;
  if (!("module" in body)) return { level };
  const { module } = body;
  return typeof module === "string" && /^[A-Za-z0-9._-]{1,64}$/.test(module) ? { level, module } : undefined;
}
