import type { StoreThread } from "../../loki/index.ts";
import { displayPath } from "../../rules/index.ts";
import type { Terminal } from "../command.ts";
import { usageError } from "../command.ts";
import { checkStdin } from "../files.ts";
import { ChildCommand } from "./child-command.ts";
import type { DevOptions } from "./dev-options.ts";
import { FollowedFile } from "./follow-file.ts";
import { LineFeed, type LineOrigin } from "./line-feed.ts";
import { linePrinter } from "./line-printer.ts";
import { PassThrough } from "./pass-through.ts";
import { guessEnvironment, guessService } from "./service-guess.ts";

interface SourcesContext {
  readonly terminal: Terminal;
  readonly thread: StoreThread;
  /** Hears of every line. */
  readonly onLine: (line: string) => void;
}

/** Everything that lines come from: commands, files, standard input. All are passed through, and handed to the store. */
export class Sources {
  /** Resolves with the exit code once all commands have ended; without commands, once it is stopped. */
  readonly ended: Promise<number>;
  /** Resolves at the first signal. */
  readonly stopped: Promise<void>;
  isStopped = false;
  readonly #options: DevOptions;
  readonly #terminal: Terminal;
  readonly #onLine: SourcesContext["onLine"];
  readonly #feed: LineFeed;
  readonly #children: ChildCommand[] = [];
  readonly #files: FollowedFile[] = [];
  readonly #print: ((line: string) => string) | undefined;
  readonly #holds: Set<string> = new Set();
  #stop: () => void = () => undefined;
  #stdinEnded: Promise<void> = Promise.resolve();

  constructor(options: DevOptions, { terminal, thread, onLine }: SourcesContext) {
    this.#options = options;
    this.#terminal = terminal;
    this.#onLine = onLine;
    this.#feed = new LineFeed(thread, (isFull) => this.#hold("store", isFull));
    const isColored = terminal.stdout.isTTY === true && !process.env["NO_COLOR"];
    this.#print = options.output === "raw" ? undefined : linePrinter(isColored);
    this.stopped = new Promise((resolve) => {
      this.#stop = resolve;
    });
    this.#openFiles();
    const codes = this.#openCommands();
    if (codes.length === 0 && options.files.length === 0) this.#openInput();
    const over = options.untilEnd ? Promise.race([this.stopped, this.#stdinEnded]) : this.stopped;
    this.ended = codes.length > 0 ? Promise.all(codes).then(worst) : over.then(() => this.#inputEnd());
    // Seen by whoever waits for it; until then it must not count as unhandled.
    this.ended.catch(() => undefined);
  }

  /** Pass a signal on to the commands; without any, everything ends. */
  stop(signal: NodeJS.Signals): void {
    for (const child of this.#children) child.kill(signal);
    this.isStopped = true;
    this.#stop();
  }

  /** Read no more, and wait until what was read is in the store. */
  async close(): Promise<void> {
    for (const file of this.#files) file.close();
    const { stdin } = this.#terminal;
    stdin.unpipe();
    stdin.destroy();
    await this.#feed.drain();
  }

  #openCommands(): Promise<number>[] {
    const { command, shellCommands, service } = this.#options;
    const [program, ...args] = command;
    const commands: { command: string; args?: readonly string[] }[] =
      program === undefined ? shellCommands.map((text) => ({ command: text })) : [{ command: program, args }];
    return commands.map((one, i) => {
      const words = one.args ? [one.command, ...one.args] : one.command.split(/\s+/);
      // Several commands in one folder are hardly all the service that its package.json names.
      const folder = commands.length > 1 ? undefined : process.cwd();
      const environment = guessEnvironment();
      return this.#startCommand(one, `command ${i}`, {
        service: service ?? guessService(words, folder),
        ...(environment !== undefined && { environment }),
      });
    });
  }

  #startCommand(
    { command, args }: { readonly command: string; readonly args?: readonly string[] },
    source: string,
    origin: LineOrigin,
  ): Promise<number> {
    const { stdin, stdout, stderr } = this.#terminal;
    const outputs = {
      stdout: this.#passThrough(source, origin, stdout),
      stderr: this.#passThrough(source, origin, stderr),
    };
    const child = new ChildCommand({
      command,
      args,
      stdin: args ? stdin : undefined,
      onBytes: (output, bytes) => outputs[output].bytes(bytes),
    });
    this.#children.push(child);
    return child.ended.then(
      (code) => {
        outputs.stdout.end();
        outputs.stderr.end();
        return code;
      },
      (error: Error) => {
        throw usageError(`can't run ${command}: ${error.message}`, error);
      },
    );
  }

  #openFiles(): void {
    const { files, fromStart, service } = this.#options;
    for (const path of files) {
      const passage = this.#passThrough(
        `file ${path}`,
        { service: service ?? guessService([path], undefined) },
        this.#terminal.stdout,
      );
      try {
        this.#files.push(
          new FollowedFile(path, {
            fromStart,
            onBytes: (bytes) => passage.bytes(bytes),
            onRestart: () => passage.end(),
            onProblem: (message) =>
              this.#terminal.stderr.write(`taffrail: --follow ${displayPath(path)}: ${message}\n`),
          }),
        );
      } catch (error) {
        throw usageError(`--follow ${displayPath(path)}: ${(error as Error).message}`, error);
      }
    }
  }

  #openInput(): void {
    const { stdin, stdout } = this.#terminal;
    if (stdin.isTTY)
      throw usageError("dev needs a command after --, --run, --follow, or lines on standard input");
    checkStdin();
    const passage = this.#passThrough(
      "stdin",
      { service: this.#options.service ?? guessService([], process.cwd()) },
      stdout,
    );
    stdin.on("data", (bytes: Buffer) => passage.bytes(bytes));
    this.#stdinEnded = new Promise((resolve) => {
      stdin.once("close", resolve).once("end", () => {
        passage.end();
        resolve();
      });
    });
  }

  // Whoever writes to the pipe often gets the same signal, and has something to say to the end.
  async #inputEnd(): Promise<number> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, 2_000);
    });
    await Promise.race([this.#stdinEnded, patience]);
    clearTimeout(timer);
    return 0;
  }

  #passThrough(source: string, origin: LineOrigin, output: NodeJS.WriteStream): PassThrough {
    const sink = this.#feed.open(source, origin);
    return new PassThrough({
      onLine: (line) => {
        sink.line(line);
        this.#onLine(line);
      },
      print: this.#print,
      write: (shown) => {
        if (this.#options.output !== "none") this.#write(output, shown);
      },
    });
  }

  // A terminal that does not keep up holds the sources up, as it would without this program.
  #write(output: NodeJS.WriteStream, shown: string | Buffer): void {
    if (output.write(shown) || this.#holds.has("terminal")) return;
    this.#hold("terminal", true);
    output.once("drain", () => this.#hold("terminal", false));
  }

  #hold(reason: string, isOn: boolean): void {
    if (isOn) this.#holds.add(reason);
    else this.#holds.delete(reason);
    const isPaused = this.#holds.size > 0;
    for (const child of this.#children) child.pause(isPaused);
    for (const file of this.#files) file.pause(isPaused);
    const readsInput = this.#children.length === 0 && this.#files.length === 0;
    if (readsInput && isPaused) this.#terminal.stdin.pause();
    else if (readsInput) this.#terminal.stdin.resume();
  }
}

// The first that failed tells most.
function worst(codes: readonly number[]): number {
  return codes.find((code) => code !== 0) ?? 0;
}
