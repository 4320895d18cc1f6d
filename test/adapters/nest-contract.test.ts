import { ExpressAdapter } from "@nestjs/platform-express";
import { contractSuite } from "./contract.ts";
import { fastifyAdapter, nestHarness } from "./nest-app.ts";

contractSuite(nestHarness("express", () => new ExpressAdapter()));
contractSuite(nestHarness("fastify", fastifyAdapter));
