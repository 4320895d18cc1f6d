import { nextHarness } from "./next-host.ts";
import { hotReloadSuite } from "./next-hot-reload.ts";

hotReloadSuite(
  nextHarness("next 16", { folder: ".", mode: "development", bundler: "turbopack", copy: "reload" }),
);
