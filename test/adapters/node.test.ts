import { contractSuite } from "./contract.ts";
import { nodeHarness } from "./node-app.ts";

contractSuite(nodeHarness);
