import { maskCardNumbers } from "./card-numbers.ts";
import { maskPairs } from "./secret-pairs.ts";
import { maskPlaces } from "./secret-places.ts";

/** Masks secrets within a text. */
export type Scrub = (text: string) => string;

const tokens =
  "eyJ|PRIVATE KEY|[Bb](?:earer|asic|EARER|ASIC)[ \\t]|gh[opsur]_|github_pat|glpat-|[rs]k_live|sk-|xox[abprs]-|A[KS]IA|AIza|npm_|hooks\\.slack|bot\\d{8}";
const digits = "\\d[ -]?\\d{4}[ -]?\\d{4}";
// One look that most texts pass: neither a token nor a card number can do without one of these.
const hint: RegExp = new RegExp(`${tokens}|${digits}`);
/** No token and no card number, with the mark that it is one, is shorter. */
const minTokenLength = 12;

/**
 * Create the function that masks what in a text gives itself away: user info in URLs, `key=value` and
 * `"key":"value"` of a secret key, its value as a flag or an XML element, credentials after `Bearer` and `Basic`, JWTs, keys of well-known
 * issuers, private keys, card numbers. What looks like any other word can't be found; see docs/redaction.md.
 */
export function createScrub(isSecret: (key: string) => boolean): Scrub {
  // Every step is linear: no two quantifiers in a row can match the same character.
  return (text) => {
    let clean = text;
    if (clean.includes("@") && clean.includes("//")) clean = clean.replace(userInfo, "//***@");
    // Before the pairs: of "authorization: Bearer x" they would take the scheme for the value.
    if (clean.length >= minTokenLength && hint.test(clean)) clean = maskTokens(clean);
    if (clean.includes("=") || clean.includes(":")) clean = maskPairs(clean, isSecret);
    return clean.includes(" --") || clean.includes("</") ? maskPlaces(clean, isSecret) : clean;
  };
}

function maskTokens(text: string): string {
  const clean = maskPrivateKeys(text).replace(credentials, maskCredentials).replace(issuedKeys, "***");
  return maskCardNumbers(clean.includes("eyJ") ? clean.replace(tokenRun, maskJwt) : clean);
}

// A password that should have been encoded has a `?` or `#`; behind a port, they begin a query or fragment.
const userInfo = /\/\/(?:[^\s/?#"'<>]*|[^\s/?#"'<>:@]*:(?!\d{1,5}[?#])[^\s/"'<>]*)@/g;
const credentials = /\b(bearer|basic)[ \t]+([\w.~+/=-]{6,})/gi;
const tokenRun = /[\w.-]+/g;
const issuedKeys =
  /\b(?:gh[opsur]_|github_pat_|glpat-|[rs]k_live_|sk-|xox[abprs]-|A[KS]IA|AIza)[\w-]{14,}|\bnpm_[A-Za-z\d]{36}|(?<=hooks\.slack\.com\/services\/)[\w/]+|\bbot\d{8,10}:[\w-]{30,}/g;

/** `basic authentication` is prose: what is a credential has a digit, an upper-case letter or padding. */
function maskCredentials(all: string, scheme: string, credential: string): string {
  return /[0-9A-Z=]/.test(credential) ? `${scheme} ***` : all;
}

/** Base64 of `{"` begins every JWT's header; a cut one may have lost its dots. */
function maskJwt(run: string): string {
  const at = run.indexOf("eyJ");
  return at >= 0 && run.length - at >= 20 ? `${run.slice(0, at)}***` : run;
}

const pemBegin = "-----BEGIN ";
const pemEnd = "-----END ";

function maskPrivateKeys(text: string): string {
  let clean = "";
  let at = 0;
  for (;;) {
    const begin = text.indexOf(pemBegin, at);
    if (begin < 0) return clean + text.slice(at);
    const end = text.indexOf(pemEnd, begin);
    const isPrivate = text.slice(begin, begin + 48).includes("PRIVATE KEY");
    const stop = end < 0 ? text.length : end;
    clean += text.slice(at, begin) + (isPrivate ? "***" : text.slice(begin, stop));
    at = stop;
    if (end < 0) return clean;
    clean += pemEnd;
    at += pemEnd.length;
  }
}
