// The logger under test: the kit, or pino as it comes.
import pino from "pino";
import { createTaffrail } from "taffrail";

export async function openLogger() {
  const { LOGGER = "kit", LOG_FILE } = process.env;
  if (LOGGER === "pino") return LOG_FILE ? pino(pino.destination({ dest: LOG_FILE, sync: false })) : pino();
  const kit = createTaffrail({ serviceName: "faults", ops: { listen: false } });
  await kit.listen();
  return kit.log;
}
