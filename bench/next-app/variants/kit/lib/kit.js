import { createTaffrail } from "taffrail";
import { sharedKit } from "taffrail/next";

export const kit = sharedKit(() => createTaffrail({ serviceName: "bench", ops: { port: 0 } }));
