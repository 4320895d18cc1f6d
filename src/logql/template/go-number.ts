/** Print a float64 as Go's %v does: the least digits, an exponent below 1e-4 and from 1e6 on, or from where it is told. */
export function formatFloat(value: number, exponentFrom = 6): string {
  const special = formatSpecial(value);
  if (special !== undefined) return special;
  const [digits, exponent] = shortest(value);
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  if (exponent < -4 || exponent >= exponentFrom) return sign + scientific(digits, exponent);
  return sign + plain(digits, exponent);
}

/** NaN and the infinities, in Go's words. */
export function formatSpecial(value: number): string | undefined {
  if (Number.isNaN(value)) return "NaN";
  if (value === Infinity) return "+Inf";
  return value === -Infinity ? "-Inf" : undefined;
}

/** Rewrite JavaScript's exponent as Go's: at least two digits. */
export function goExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

/** The shortest digits that read back to the value, and the decimal exponent of the first of them. */
function shortest(value: number): [digits: string, exponent: number] {
  const [mantissa = "0", exponent = "0"] = Math.abs(value).toExponential().split("e");
  return [mantissa.replace(".", ""), Number(exponent)];
}

function scientific(digits: string, exponent: number): string {
  const rest = digits.slice(1);
  const size = String(Math.abs(exponent)).padStart(2, "0");
  return `${digits.charAt(0)}${rest === "" ? "" : `.${rest}`}e${exponent < 0 ? "-" : "+"}${size}`;
}

function plain(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return digits.padEnd(exponent + 1, "0");
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}
