import { toolPath } from "../tools.ts";

/** The programs that a live stack is made of; undefined where one is not on the PATH. */
export const programs = {
  loki: toolPath("loki"),
  alertmanager: toolPath("alertmanager", "prometheus-alertmanager"),
  prometheus: toolPath("prometheus"),
};

/** What a live run lacks. */
export function missing(): string[] {
  return Object.entries(programs)
    .filter(([, path]) => path === undefined)
    .map(([name]) => name);
}
