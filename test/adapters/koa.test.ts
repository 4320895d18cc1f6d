import { contractSuite } from "./contract.ts";
import { koaHarness } from "./koa-app.ts";

contractSuite(koaHarness);
