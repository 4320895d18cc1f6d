import { describe, expect, it } from "vitest";
import { createTaffrail } from "../../../src/index.ts";

/** What becomes of a value under a name, with no configuration but the user's own names. */
function written(name: string, value: unknown, keys: readonly string[] = []): unknown {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const kit = createTaffrail({ preset: "test", redact: { keys }, log: { level: "info", destination } });
  kit.log.info({ [name]: value }, "m");
  return (JSON.parse(lines.join("")) as Record<string, unknown>)[name];
}

// Shown: losing them would cost a reader the cause, and they open no door.
const shown = `
  next_token nextToken NextToken next_page_token nextPageToken aws.nextToken list[next_token] prev_page_token
  prevPageToken NextContinuationToken nextSyncToken
  max_tokens maxTokens token_count total_tokens completion_tokens prompt_tokens tokens tokens_per_second
  pass_count secret_count key_count
  session_count password_length token_type token_expires_in pin_count cookie_count
  cache_key primary_key partition_key sort_key routing_key foreign_key idempotency_key public_key key_id
  author secretary compass bypass csrf_enabled csrf_header_name secret_name secret_arn
`;

// Masked: a credential, or a name that some call a credential.
const masked = `
  token access_token page_token pageToken continuation_token continuationToken sync_token resume_token upload_token
  client_token device_token context_token connext_token supermax_token MAX_TOKEN_SECRET next_access_token
  csrf xsrf _csrf csrf_token csrfToken csrfmiddlewaretoken __RequestVerificationToken authenticity_token form_csrf
  csrf_cookie session_cookie HTTP_COOKIE HTTP_AUTHORIZATION secret_id access_key_id
  pass db_pass boarding_pass passwords secrets credentials cookies next_token_secret
`;

// How many, how much: only with a number.
const counted = `
  passwords secrets user_credentials cookies max_token maxToken num_pass max_pass cost_per_token ms_per_token
  time_to_first_token timeToFirstToken fencing_token
`;

const names = (text: string): string[] => text.trim().split(/\s+/);

describe("by a name's last words", () => {
  it.each(names(shown))("%s is shown", (name) => {
    expect(written(name, "v4lue")).toBe("v4lue");
    expect(written(name, 12)).toBe(12);
  });

  it.each(names(masked))("%s is masked", (name) => {
    expect(written(name, "v4lue")).toBe("***");
  });

  it.each(names(counted))("with a number, %s is a count", (name) => {
    expect(written(name, 3)).toBe(3);
    expect(written(name, "v4lue")).toBe("***");
    expect(written(name, ["v4lue"])).toBe("***");
  });

  it.each([
    "pin",
    "otp",
    "password",
    "db_pass",
    "admin_pass",
    "adminPass",
    "ADMIN_PASS",
    "super_token",
    "token",
  ])("a number is masked under %s", (name) => {
    expect(written(name, 1_234)).toBe("***");
  });

  it("a name that the user adds is masked, whatever its last words", () => {
    expect(written("nextToken", "v4lue", ["next_token"])).toBe("***");
    expect(written("totalPass", 12, ["total_pass"])).toBe("***");
    expect(written("season.total_pass", 12, ["total_pass"])).toBe("***");
  });
});
