import { setTimeout as pause } from "node:timers/promises";
import { refusedConnection } from "../network.ts";
import type { Random } from "../random.ts";
import type { Faults } from "../scenarios.ts";

/** The card's issuer said no: nobody's fault but the card's. */
export class CardDeclinedError extends Error {
  override readonly name = "CardDeclinedError";
}

/** The card provider could not be reached; the cause says why. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
}

/**
 * Ask the card provider to take the money.
 *
 * @throws CardDeclinedError, ProviderError
 */
export async function chargeCard(card: string, random: Random, faults: Faults): Promise<void> {
  await pause(random.logNormal(25, 0.5) * faults.providerSlowdown);
  if (random.chance(faults.providerErrorShare)) {
    throw new ProviderError("the card provider can't be reached", { cause: await refusedConnection() });
  }
  if (card.endsWith("0")) throw new CardDeclinedError("insufficient funds");
}
