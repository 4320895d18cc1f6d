import { vi } from "vitest";
import { contractSuite } from "./contract.ts";
import { honoHarness } from "./hono-app.ts";

// Where a body breaks, node-server prints the error as well.
vi.spyOn(console, "error").mockImplementation(() => undefined);
contractSuite(honoHarness);
