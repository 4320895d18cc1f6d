import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { preferredPort } from "./network.ts";

/** `taffrail dev` over the lines of the demo's services. */
export interface DemoConsole {
  readonly url: string;
  line(text: string): void;
  /** Let it take what is left, and wait for its end. */
  stop(): Promise<void>;
}

const usualPort = 3100;

/**
 * Start the console; `say` is told of alerts.
 *
 * @throws Error where it does not start
 */
export async function startConsole(
  { freePorts }: { readonly freePorts: boolean },
  say: (text: string) => void,
): Promise<DemoConsole> {
  const port = freePorts ? 0 : await preferredPort(usualPort);
  const program = fileURLToPath(
    new URL("./dist/src/cli/main.js", import.meta.resolve("taffrail/package.json")),
  );
  const flags = ["--port", String(port), "--quiet", "--until-eof", "--history", "0", "--service", "demo"];
  // Minutes are all there is to see; the dashboards' own hours would squeeze them into a corner.
  flags.push("--range", "5m");
  const child = spawn(process.execPath, [program, "dev", ...flags], {
    stdio: ["pipe", "ignore", "pipe"],
    // A group of its own: it ends when its input does, after the last line of the services.
    detached: true,
  });
  // One that went away takes no more lines; the demo goes on.
  child.stdin.on("error", () => undefined);
  const ended = once(child, "close");
  const url = await new Promise<string>((resolve, reject) => {
    const said: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => {
      said.push(line);
      const found = / console on (http:\S+),/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
      else if (line.includes("alert")) say(`${line}\n`);
    });
    child.once("close", () => reject(new Error(`the console did not start: ${said.join("\n")}`)));
  });
  return {
    url,
    line: (text) => void child.stdin.write(`${text}\n`),
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
