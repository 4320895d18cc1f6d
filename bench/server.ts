/** One variant of the application in a process of its own: `node server.js <file of the variant>`. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { addRoutes } from "./app.ts";
import type { Instrument } from "./instrumentation.ts";
import { type Listening, receive, reply, replyFailure, type ServerQuestion, type Usage } from "./messages.ts";
import { startProfile, stopProfile } from "./profiler.ts";
import type { ServedVariant } from "./served-variant.ts";

serve(process.argv[2] ?? "").catch(replyFailure);

/** What a file in `variants/` exports: its middleware for Express, or a server of its own framework. */
type VariantModule =
  | { readonly instrument: Instrument }
  | { serve(): ServedVariant | Promise<ServedVariant> };

async function serve(file: string): Promise<void> {
  const importing = performance.now();
  const module = (await import(new URL(`./variants/${file}.js`, import.meta.url).href)) as VariantModule;
  const importMs = performance.now() - importing;

  const { server, metrics } =
    "serve" in module ? await module.serve() : await serveExpress(module.instrument);
  receive<ServerQuestion>((question) => answer(question, metrics));
  server.listen(0, "127.0.0.1", () => {
    // A TCP server's address is never a string.
    reply<Listening>({ port: (server.address() as AddressInfo).port, importMs });
  });
  // A variant waits for its turn for longer than Node's five seconds, and its connections are kept.
  server.keepAliveTimeout = 10 * 60_000;
}

async function serveExpress(instrument: Instrument): Promise<ServedVariant> {
  const app = express();
  const { afterRoutes, metrics } = await instrument(app);
  addRoutes(app);
  afterRoutes?.();
  return { server: createServer(app), metrics };
}

async function answer(question: ServerQuestion, metrics: ServedVariant["metrics"]): Promise<void> {
  if (question === "usage") reply<Usage>(usage());
  if (question === "metrics") reply({ text: (await metrics?.()) ?? "" });
  if (question === "profile-start") reply({ started: await startProfile() });
  if (question === "profile-stop") reply(await stopProfile());
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMicros: user + system, rssBytes: process.memoryUsage.rss() };
}
