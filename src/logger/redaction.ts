/** The text that stands for a masked value. */
export const mask = "***";

/** Decides, by a key's name alone, whether its value is masked. */
export type IsSecret = (key: string) => boolean;

/** Key names that are masked with no configuration. Case, `-` and `_` don't count. */
const secretKeys = [
  "password", "passwd", "pwd", "passphrase", "secret", "client_secret", "token", "access_token", "refresh_token",
  "id_token", "auth_token", "api_key", "x_api_key", "private_key", "secret_key", "access_key", "authorization",
  "proxy_authorization", "cookie", "set_cookie", "session_id", "csrf_token", "xsrf_token", "otp", "pin", "cvv", "cvc",
  "card_number", "credit_card", "ssn", "jwt", "bearer", "credentials",
]; // biome-ignore format: a list, not a column

/** Build the test for secret key names: the built-in ones and the user's, each name whole, never a part of one. */
export function createIsSecret(extraKeys: readonly string[]): IsSecret {
  const folded = new Set([...secretKeys, ...extraKeys].map(fold));
  // Programs use few distinct keys: remember the answers, up to a bound no attacker can grow.
  const known = new Map<string, boolean>();
  return (key) => {
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    const secret = key.length <= 64 && folded.has(fold(key));
    if (known.size < 1_000) known.set(key, secret);
    return secret;
  };
}

function fold(key: string): string {
  return key.toLowerCase().replaceAll("_", "").replaceAll("-", "");
}
