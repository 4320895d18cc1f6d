/** One variant of the application in a process of its own: `node server.js <variant>`. */
import type { AddressInfo } from "node:net";
import express from "express";
import { addRoutes } from "./app.ts";
import type { Instrument, Instrumented } from "./instrumentation.ts";
import { type Listening, receive, reply, replyFailure, type ServerQuestion, type Usage } from "./messages.ts";
import { startProfile, stopProfile } from "./profiler.ts";

serve(process.argv[2] ?? "").catch(replyFailure);

async function serve(variant: string): Promise<void> {
  const importing = performance.now();
  // The variant table names the file, and every file there exports the same function.
  const module = (await import(new URL(`./variants/${variant}.js`, import.meta.url).href)) as {
    instrument: Instrument;
  };
  const importMs = performance.now() - importing;

  const app = express();
  const instrumented = await module.instrument(app);
  addRoutes(app);
  instrumented.afterRoutes?.();
  receive<ServerQuestion>((question) => answer(question, instrumented));
  const server = app.listen(0, "127.0.0.1", () => {
    // A TCP server's address is never a string.
    reply<Listening>({ port: (server.address() as AddressInfo).port, importMs });
  });
  // A variant waits for its turn for longer than Node's five seconds, and its connections are kept.
  server.keepAliveTimeout = 10 * 60_000;
}

async function answer(question: ServerQuestion, instrumented: Instrumented): Promise<void> {
  if (question === "usage") reply<Usage>(usage());
  if (question === "metrics") reply({ text: (await instrumented.metrics?.()) ?? "" });
  if (question === "profile-start") reply({ started: await startProfile() });
  if (question === "profile-stop") reply(await stopProfile());
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMicros: user + system, rssBytes: process.memoryUsage.rss() };
}
