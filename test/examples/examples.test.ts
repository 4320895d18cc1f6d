import { exampleSuite } from "./example-suite.ts";

exampleSuite("express");
exampleSuite("fastify");
exampleSuite("nest");
exampleSuite("koa");
