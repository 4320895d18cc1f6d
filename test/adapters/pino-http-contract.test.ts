import express from "express";
import { pinoHttp } from "pino-http";
import { requestLogger } from "../../adapters/express/index.ts";
import { contractOptions } from "../../adapters/pino-http/index.ts";
import { contractSuite } from "./contract.ts";
import { expressHarness } from "./express-app.ts";

contractSuite(
  expressHarness("express with pino-http", express, (kit) => [
    requestLogger(kit),
    pinoHttp(contractOptions(kit)),
  ]),
);
