import type { Server } from "node:http";
import type { Taffrail } from "taffrail";
import type { ReadyMessage } from "./messages.ts";
import { listen } from "./network.ts";

/** Listen with the service and its operations server, and tell the parent process where. */
export async function startService(kit: Taffrail, server: Server): Promise<void> {
  stopWithParent();
  const ops = await kit.listen();
  const url = await listen(server, Number(process.env["PORT"] ?? 0), process.env["HOST"]);
  const ready: ReadyMessage = { kind: "ready", url, opsUrl: ops ? `http://${ops.host}:${ops.port}` : "" };
  kit.log.info({ url }, "listening");
  process.send?.(ready);
}

/** A parent that was killed can't stop its children: they notice that its channel closed. */
function stopWithParent(): void {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
}

/** The seed for the service's chance: the same seed gives the same run, as far as timing allows. */
export function seed(): number {
  return Number(process.env["DEMO_SEED"] ?? Date.now());
}
