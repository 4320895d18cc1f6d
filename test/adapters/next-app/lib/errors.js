export class PaymentError extends Error {}

export function paymentError() {
  const reset = Object.assign(new Error("ECONNRESET"), { code: "ECONNRESET" });
  const outer = new PaymentError("card declined by issuer", { cause: reset });
  reset.cause = outer;
  return outer;
}
