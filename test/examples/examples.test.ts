import { bun, deno } from "../support/runtimes.ts";
import { exampleSuite } from "./example-suite.ts";

exampleSuite("express");
exampleSuite("fastify");
exampleSuite("nest");
exampleSuite("koa");
exampleSuite("hono");
exampleSuite("hono", { program: "bun.mjs", runtime: bun });
exampleSuite("hono", { program: "deno.mjs", runtime: deno });
