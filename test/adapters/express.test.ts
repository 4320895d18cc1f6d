import express5 from "express";
import express4 from "express4";
import { contractSuite } from "./contract.ts";
import { expressHarness } from "./express-app.ts";

contractSuite(expressHarness("express 5", express5));
contractSuite(expressHarness("express 4", express4));
