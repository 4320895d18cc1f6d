import { incidentPath } from "../incident-control.ts";
import type { IncidentName } from "../scenarios.ts";

/**
 * Put every service into these incidents, and out of all others.
 *
 * @throws Error where a service does not do so
 */
export async function switchIncidents(
  urls: readonly string[],
  names: readonly IncidentName[],
): Promise<void> {
  await Promise.all(urls.map((url) => switchOne(url, names)));
}

async function switchOne(url: string, names: readonly IncidentName[]): Promise<void> {
  const response = await fetch(`${url}${incidentPath}`, { method: "PUT", body: JSON.stringify(names) }).catch(
    (cause: unknown) => {
      throw new Error(`${url} does not answer`, { cause });
    },
  );
  // Read to the end, or the connection could not be used again.
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} does not switch incidents: ${response.status} ${text}`);
}
