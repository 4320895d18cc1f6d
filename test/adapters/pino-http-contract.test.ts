import express5 from "express";
import express4 from "express4";
import { pinoHttp } from "pino-http";
import { requestLogger } from "../../adapters/express/index.ts";
import { contractOptions } from "../../adapters/pino-http/index.ts";
import { contractSuite } from "./contract.ts";
import { expressHarness } from "./express-app.ts";

contractSuite(expressHarness("pino-http on express 5", express5, (kit) => [pinoHttp(contractOptions(kit))]));
contractSuite(expressHarness("pino-http on express 4", express4, (kit) => [pinoHttp(contractOptions(kit))]));
contractSuite(
  expressHarness("express with pino-http", express5, (kit) => [
    requestLogger(kit),
    pinoHttp(contractOptions(kit)),
  ]),
);
