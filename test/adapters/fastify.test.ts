import { contractSuite } from "./contract.ts";
import { fastifyHarness } from "./fastify-app.ts";

contractSuite(fastifyHarness);
