import type { Endpoint } from "./api.ts";
import { json, plain, success } from "./api-message.ts";

/** GET /ready */
export const ready: Endpoint = () => plain(200, "ready\n");

/** GET /loki/api/v1/status/buildinfo. Grafana chooses by the version what it asks: it is that of the Loki whose answers these are. */
export const buildInfo: Endpoint = (_, { version }) =>
  json(
    {
      version: "3.7.6",
      revision: `taffrail-${version}`,
      branch: "",
      buildUser: "taffrail",
      buildDate: "",
      goVersion: "",
    },
    "application/json",
  );

/** GET /loki/api/v1/patterns: none are looked for. */
export const noPatterns: Endpoint = () => success([]);
