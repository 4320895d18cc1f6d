import { Counter } from "prom-client";
import type { Taffrail } from "taffrail";
import { HttpError } from "./http-error.ts";
import type { Order } from "./orders.ts";

/** The payments service failed: to the shop's customer, a bad gateway. */
export class PaymentError extends HttpError {
  override readonly name = "PaymentError";

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(502, message, options);
  }
}

/** Calls payments; the kit has the calls carry the ids of the request they are made for. */
export class PaymentsClient {
  readonly #url: string;
  readonly #calls: Counter<"result">;

  constructor(kit: Taffrail, url: string) {
    this.#url = url;
    this.#calls = new Counter({
      name: "shop_payment_calls_total",
      help: "Calls to the payments service, by result.",
      labelNames: ["result"],
      registers: [kit.metrics.registry],
    });
  }

  /** @throws PaymentError, HttpError 402 where the card was declined */
  async charge(order: Order, card: string): Promise<void> {
    const response = await this.#post("/charges", { order_id: order.id, cents: order.cents, card });
    const answer = (await response.json().catch(() => ({}))) as { error?: string };
    this.#calls.inc({ result: response.ok ? "ok" : response.status < 500 ? "declined" : "failed" });
    if (response.status === 402) throw new HttpError(402, `card declined: ${answer.error}`);
    if (!response.ok) throw new PaymentError(`payments answered ${response.status}: ${answer.error}`);
  }

  async #post(path: string, body: object): Promise<Response> {
    try {
      return await fetch(`${this.#url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", "user-agent": "shop" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(2_000),
      });
    } catch (cause) {
      this.#calls.inc({ result: "unanswered" });
      throw new PaymentError("payments did not answer", { cause });
    }
  }
}
