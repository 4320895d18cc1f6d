/** A process that does nothing but log: `node log-writer.js <logger>`. */
import { type LogLinesReply, type LogLinesRequest, receive, reply, replyFailure } from "./messages.ts";

/** The one call the loggers are compared on. */
export interface BenchLogger {
  info(fields: object, message: string): void;
}

serve(process.argv[2] ?? "").catch(replyFailure);

async function serve(name: string): Promise<void> {
  // Every file of that folder exports the same function.
  const module = (await import(new URL(`./loggers/${name}.js`, import.meta.url).href)) as {
    createLogger: () => BenchLogger;
  };
  const log = module.createLogger();
  receive<LogLinesRequest>((request) => write(log, request));
  reply({ ready: true });
}

async function write(log: BenchLogger, { lines, linesPerTurn }: LogLinesRequest): Promise<void> {
  const before = process.cpuUsage();
  for (let written = 0; written < lines; ) {
    const turnEnd = Math.min(lines, written + linesPerTurn);
    while (written < turnEnd) log.info({ order_id: written++, tenant: "acme" }, "order placed");
    await new Promise(setImmediate);
  }
  const { user, system } = process.cpuUsage(before);
  reply<LogLinesReply>({ cpuMicros: user + system });
}
