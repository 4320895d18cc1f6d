const most = 10n ** 1_000n;

/** A bigint in digits; for one of a thousand and more, V8 takes time that grows faster than their number. */
export function bigintText(value: bigint): string {
  return value < most && value > -most ? String(value) : "[bigint of more than 1000 digits]";
}
