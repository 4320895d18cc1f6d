/**
 * Key names whose values are masked with no configuration: each name whole, never a part of one, so that
 * `author` is no `auth` and `keyboard` no `key`. Case, `_`, `-`, `.` and spaces don't count.
 */
// biome-ignore format: a list, not a column
export const secretKeys: readonly string[] = [
  // passwords
  "password", "passwords", "passwd", "passcode", "passphrase", "pwd", "pass_word", "new_password", "old_password",
  "current_password", "confirm_password", "password_confirmation", "password_confirm", "password_hash",
  "hashed_password", "user_password", "db_password", "database_password", "root_password", "admin_password",
  "pass", "PGPASSWORD", "REDISCLI_AUTH",
  "passwort", "kennwort", "contraseña", "contrasena", "senha", "mot_de_passe", "wachtwoord",
  // tokens
  "token", "access_token", "refresh_token", "id_token", "auth_token", "bearer_token", "session_token", "reset_token",
  "password_reset_token", "verification_token", "invite_token", "device_token", "api_token", "csrf_token",
  "xsrf_token", "x_csrf_token", "x_xsrf_token", "x_auth_token", "x_access_token", "jwt", "jwt_token", "bearer",
  "csrf_middleware_token",
  "oauth_token", "oauth_token_secret", "private_token", "personal_access_token",
  // keys
  "secret", "secrets", "api_key", "x_api_key", "api_secret", "app_secret", "client_secret", "shared_secret", "secret_key",
  "secret_access_key", "aws_secret_access_key", "aws_session_token", "x_amz_security_token", "x_amz_signature", "x_amz_credential",
  "x_goog_signature", "x_goog_credential", "sig", "secret_key_base", "jwt_secret", "session_secret", "cookie_secret", "consumer_secret",
  "private_key", "access_key", "access_key_id", "aws_access_key_id", "account_key", "signing_key", "signing_secret",
  "webhook_secret", "encryption_key", "master_key", "service_account_key", "subscription_key", "credential", "credentials",
  "secret_id",
  // headers and sessions
  "authorization", "proxy_authorization", "x_authorization", "cookie", "cookies", "set_cookie", "session_id", "sid",
  "connect.sid", "sess_id", "phpsessid", "jsessionid", "session_cookie", "auth_cookie", "csrf_cookie", "http_cookie",
  "http_authorization",
  // one-time codes
  "otp", "totp", "pin", "pin_code", "mfa_code", "otp_code", "verification_code", "security_code",
  // payment and identity
  "card_number", "credit_card", "credit_card_number", "cc_number", "card_no", "pan", "cvv", "cvv2", "cvc", "card_cvc",
  "ssn", "social_security_number", "iban",
];

/**
 * What makes a secret of a name that ends in these words, or in them and a number: `STRIPE_SECRET_KEY`, `smtpPass`,
 * `password_2`. A word counts whole, so that `bypass` is none.
 */
// biome-ignore format: a list, not a column
export const secretEndings: readonly string[] = [
  "password", "passwd", "passphrase", "pass", "pwd", "token", "secret", "credential", "credentials",
  "api_key", "secret_key", "private_key", "access_key", "auth_key", "account_key", "signing_key", "encryption_key",
  "hmac_key", "cookie_key", "license_key", "app_key", "csrf", "xsrf",
];

/**
 * Of the names that end so, those that tell where a list goes on: AWS's `nextToken`, Google's `nextPageToken`, S3's
 * `NextContinuationToken`. A `page_token` or `continuation_token` alone is masked: Facebook's pages and Microsoft's
 * sign-in call their credentials that.
 */
// biome-ignore format: a list, not a column
export const cursorEndings: readonly string[] = [
  "next_token", "next_page_token", "prev_page_token", "previous_page_token", "next_continuation_token", "next_sync_token",
];

/** What with a number is a count, a limit or a rate (`secrets: 3`, `cost_per_token`); with a text it may be a secret. */
// biome-ignore format: a list, not a column
export const countedEndings: readonly string[] = [
  "passwords", "secrets", "credentials", "cookies", "max_token", "min_token", "num_token", "total_token", "per_token",
  "to_first_token", "fencing_token", "max_pass", "min_pass", "num_pass", "total_pass",
];
