import { createScrub, type Scrub } from "./scrub.ts";
import { countedEndings, cursorEndings, secretEndings, secretKeys } from "./secret-keys.ts";

/** The text that stands for a masked value. */
export const mask = "***";

/** Decides, by a key's name alone, whether its value is masked. */
export type IsSecret = (key: string) => boolean;

/** What is kept out of the log. */
export interface Redaction {
  readonly isSecret: IsSecret;
  /** Tell whether a number under a secret's name only says how many. */
  readonly isCount: (key: string) => boolean;
  /** Mask what gives itself away as a secret within a text. */
  readonly scrub: Scrub;
  readonly isShownHeader: (name: string) => boolean;
}

/** Build the redaction: the built-in rules and the user's. */
export function createRedaction(
  extraKeys: readonly string[] = [],
  extraHeaders: readonly string[] = [],
): Redaction {
  const extra = new Set(extraKeys.map(fold));
  const folded = new Set([...secretKeys.map(fold), ...extra]);
  const shownHeaders = new Set([...shownByDefault, ...extraHeaders.map((name) => name.toLowerCase())]);
  const isSecretWord = (name: string): boolean =>
    folded.has(fold(name)) || (endsIn(name, secret) && !endsIn(name, cursor));
  const isSecretName = (key: string): boolean =>
    key.length <= maxKeyLength && (folded.has(fold(key)) || isSecretWord(lastName(key)));
  return {
    isSecret: remember(isSecretName),
    isCount: (key) => endsIn(key, counted) && ![key, lastName(key)].some((name) => extra.has(fold(name))),
    // A memory of its own: names found in texts are an attacker's to choose, and would fill the other.
    scrub: createScrub(remember(isSecretName)),
    isShownHeader: (name) => shownHeaders.has(name.toLowerCase()),
  };
}

/** Fold a key's name: case, `_`, `-`, `.` and spaces don't count. */
export function fold(key: string): string {
  return key.toLowerCase().replace(/[_\-. ]/g, "");
}

/** `config.db.password` and a form's `user[password]` are asked by their last name, too. */
function lastName(key: string): string {
  return key.slice(Math.max(key.lastIndexOf("."), key.lastIndexOf("[")) + 1).replace("]", "");
}

const secret = endingPattern(secretEndings);
const cursor = endingPattern(cursorEndings);
const counted = endingPattern(countedEndings);

function endingPattern(names: readonly string[]): RegExp {
  const words = names.map((name) => name.replaceAll("_", "[_ -]?")).join("|");
  return new RegExp(`(?:${words})[_-]?\\d{0,3}$`, "i");
}

/** Tell whether a name's last words are among some; where a word begins, there is a separator before or a capital. */
function endsIn(name: string, ending: RegExp): boolean {
  const at = name.search(ending);
  return at === 0 || (at > 0 && /[_ -].|[^A-Z][A-Z]/.test(name.slice(at - 1, at + 1)));
}

const maxKeyLength = 64;
const maxRemembered = 1_000;

/** Programs use few distinct keys: remember the answers, up to a bound no attacker can grow. */
function remember(isSecret: IsSecret): IsSecret {
  const known = new Map<string, boolean>();
  return (key) => {
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    const secret = isSecret(key);
    if (known.size < maxRemembered) known.set(key, secret);
    return secret;
  };
}

/** Headers that say how, not who: all others are masked where headers are logged. */
const shownByDefault: readonly string[] = [
  "accept", "accept-encoding", "accept-language", "accept-ranges", "age", "allow", "cache-control", "connection",
  "content-encoding", "content-language", "content-length", "content-range", "content-type", "date", "etag", "expect",
  "expires", "host", "if-match", "if-modified-since", "if-none-match", "if-unmodified-since", "keep-alive",
  "last-modified", "origin", "range", "retry-after", "server", "strict-transport-security", "te", "traceparent",
  "trailer", "transfer-encoding", "upgrade", "user-agent", "vary", "via", "x-forwarded-host", "x-forwarded-port",
  "x-forwarded-proto", "x-request-id",
]; // biome-ignore format: a list, not a column
