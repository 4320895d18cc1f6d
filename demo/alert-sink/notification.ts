/** One alert in a notification of Alertmanager. */
export interface Alert {
  readonly status: "firing" | "resolved";
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly fingerprint: string;
}

/**
 * Read what Alertmanager posts to a webhook.
 *
 * @returns undefined where it is something else
 * @see https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
 */
export function parseNotification(body: unknown): readonly Alert[] | undefined {
  const { alerts } = Object(body) as { readonly alerts?: unknown };
  return Array.isArray(alerts) && alerts.every(isAlert) ? alerts : undefined;
}

function isAlert(value: unknown): value is Alert {
  const { status, labels, annotations, startsAt, fingerprint } = Object(value) as Partial<Alert>;
  return (
    (status === "firing" || status === "resolved") &&
    isTexts(labels) &&
    isTexts(annotations) &&
    typeof startsAt === "string" &&
    typeof fingerprint === "string"
  );
}

function isTexts(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((text) => typeof text === "string")
  );
}
