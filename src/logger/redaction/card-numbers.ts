// Groups of digits as cards print them, 14 to 16 in all: at most one space or hyphen between two digits.
const digitRun = /(?<![\w-])\d(?:[ -]?\d){13,15}(?![\w-])/g;
/** The leading digits that issuers use, by length: without them every tenth number of that length would be a card. */
const issuers = /^(?:4\d{15}|(?:5[1-5]|2[2-7]|6[02459])\d{14}|3[47]\d{13}|3[0689]\d{12}|35\d{14}|62\d{14})$/;

/** Mask card numbers: an issuer's leading digits, the right length, and the check digit of ISO/IEC 7812-1. */
export function maskCardNumbers(text: string): string {
  return text.replace(digitRun, (run) => (isCardNumber(run.replace(/[ -]/g, "")) ? "***" : run));
}

/** Tell whether digits are a card number. */
export function isCardNumber(digits: string): boolean {
  return issuers.test(digits) && luhnSum(digits) % 10 === 0;
}

function luhnSum(digits: string): number {
  let sum = 0;
  for (let at = digits.length - 1, double = false; at >= 0; at--, double = !double) {
    const digit = digits.charCodeAt(at) - 48;
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum;
}
