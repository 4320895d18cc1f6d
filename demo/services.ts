import { preferredPort } from "./network.ts";
import type { ServiceName } from "./scenarios.ts";
import { type ServiceChild, startServiceChild } from "./service-child.ts";

export interface ServicesOptions {
  readonly freePorts: boolean;
  readonly seed: number;
  /** Requests a second in a steady phase, which the services are made for. */
  readonly rate: number;
  readonly onLine: (line: string) => void;
}

/** The demo's services, listening. */
export type Services = Readonly<Record<ServiceName, ServiceChild>>;

const ports: Readonly<Record<ServiceName, { readonly app: number; readonly ops: number }>> = {
  shop: { app: 3000, ops: 9464 },
  payments: { app: 3001, ops: 9465 },
};

/**
 * Start both services, payments first: the shop calls it.
 *
 * @throws Error where one does not start; the other is stopped then
 */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const payments = await start("payments", options, {});
  try {
    return { payments, shop: await start("shop", options, { PAYMENTS_URL: payments.url }) };
  } catch (error) {
    await payments.child.stop(1_000);
    throw error;
  }
}

/** Where everything is, for people. */
export function addressesText(
  { shop, payments }: Services,
  { freePorts }: Pick<ServicesOptions, "freePorts">,
): string {
  return [
    addresses(shop),
    addresses(payments),
    ...(freePorts ? [] : [shop, payments].flatMap(movedText)),
    "",
    "Try it:",
    `  curl -i ${shop.url}/api/acme/orders -H 'authorization: Bearer ada'`,
    `  curl -s ${shop.opsUrl}/metrics | grep http_server_request_duration_seconds_count`,
    "",
  ].join("\n");
}

async function start(
  name: ServiceName,
  { freePorts, seed, rate, onLine }: ServicesOptions,
  env: Readonly<Record<string, string>>,
): Promise<ServiceChild> {
  return startServiceChild({
    name,
    module: new URL(`./${name}/main.js`, import.meta.url),
    port: freePorts ? 0 : await preferredPort(ports[name].app),
    opsPort: freePorts ? 0 : await preferredPort(ports[name].ops),
    seed,
    // Few enough for the slow database to make queries wait, at any rate.
    env: { ...env, DEMO_POOL_SIZE: String(Math.max(4, Math.ceil(rate / 5))) },
    onLine,
  });
}

function addresses({ name, url, opsUrl }: ServiceChild): string {
  return `  ${name.padEnd(10)}${url}   ${opsUrl}/metrics   ${opsUrl}/readyz`;
}

/** Says which of the usual ports were not to be had. */
function movedText({ name, url, opsUrl }: ServiceChild): string[] {
  const wanted = [
    { port: ports[name].app, url },
    { port: ports[name].ops, url: opsUrl },
  ];
  return wanted
    .filter((want) => new URL(want.url).port !== String(want.port))
    .map((want) => `  port ${want.port} is taken; ${name} is on ${new URL(want.url).port} instead`);
}
