import { place, type Section } from "./layout.ts";
import { eventLines, selectStreams } from "./logql.ts";
import type { Annotation, Dashboard, Variable } from "./model.ts";
import { f } from "./names.ts";
import { lokiSource } from "./queries.ts";

export interface DashboardOptions {
  /** Without the prefix `taffrail-`; also the name of the file. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly Variable[];
  readonly sections: readonly Section[];
  /** @default "now-1h" */
  readonly from?: string;
}

/** A dashboard, whole. */
export function dashboard(options: DashboardOptions): Dashboard {
  const { name, title, description, variables, sections, from = "now-1h" } = options;
  return {
    uid: `taffrail-${name}`,
    title: `Taffrail / ${title}`,
    description,
    tags: ["taffrail"],
    schemaVersion: 39,
    version: 1,
    editable: false,
    graphTooltip: 1,
    refresh: "30s",
    time: { from, to: "now" },
    timezone: "browser",
    links: [otherDashboards],
    // Its query names the variable, which the request explorer has not.
    annotations: { list: variables.some((variable) => variable.name === f.service_name) ? [deploys] : [] },
    templating: { list: variables },
    panels: place(sections),
  };
}

const otherDashboards = {
  title: "Dashboards",
  type: "dashboards",
  tags: ["taffrail"],
  asDropdown: true,
  icon: "external link",
  includeVars: true,
  keepTime: true,
  targetBlank: false,
  tooltip: "",
  url: "",
} as const;

// Of boards on metrics, All is `.*`: Loki wants one matcher that does not take the empty value.
const starts = eventLines("process.start", {
  from: selectStreams(`${f.service_name}=~".+"`),
  read: [f.service_version],
});

// Every start of a process is a mark on all graphs: a deploy, a restart, a crash that was recovered from.
const deploys: Annotation = {
  name: "Starts",
  datasource: lokiSource,
  enable: true,
  hide: false,
  iconColor: "blue",
  expr: starts,
  titleFormat: `{{${f.service_name}}} {{${f.service_version}}} started`,
  textFormat: "",
  tagKeys: `${f.service_name},${f.deployment_environment_name}`,
  target: { refId: "Anno", expr: starts, queryType: "range" },
};
