import type { Taffrail } from "taffrail";
import type { Random } from "./random.ts";
import type { Faults } from "./scenarios.ts";

/**
 * Do to a request, and to the service, what a bad release does.
 *
 * @throws TypeError where the request runs into a bug
 */
export function misbehave(faults: Faults, kit: Taffrail, random: Random): void {
  blockNowAndThen(random, faults.blockLoopMs);
  for (let i = 0; i < faults.printedLines; i++) console.log(`cart { item: 'rope', step: ${i} }`);
  for (let i = 0; i < faults.extraLines; i++) {
    kit.log.info({ step: i, cart: "rope ".repeat(faults.extraLineBytes / 5) }, "recalculated the cart");
  }
  if (random.chance(faults.diskFullShare))
    kit.log.fatal({ path: "/var/lib/shop" }, "no space left on device");
  // In a callback that nobody waits for, where no framework can catch it.
  if (faults.crash) setImmediate(() => readPrice(undefined));
  if (random.chance(faults.bugShare)) readPrice(undefined);
}

/** What a slow regular expression or a large JSON.parse does to everyone else's requests. */
function blockNowAndThen(random: Random, ms: number): void {
  if (ms === 0 || !random.chance(0.05)) return;
  const end = performance.now() + ms;
  while (performance.now() < end);
}

function readPrice(order: unknown): number {
  return (order as { cents: number }).cents;
}
