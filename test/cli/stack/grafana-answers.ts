import { createServer, type Server } from "node:http";

/** What stands in a Grafana. */
export interface GrafanaContents {
  readonly password: string;
  /** Data sources by uid, with what their health check says. */
  readonly dataSources: Readonly<Record<string, "OK" | "ERROR">>;
  /** Uids of dashboards. */
  readonly dashboards: readonly string[];
}

/**
 * A server that answers what Grafana's documentation says that Grafana answers: no Grafana can be had where tests run.
 * @see https://grafana.com/docs/grafana/latest/developers/http_api/data_source/
 * @see https://grafana.com/docs/grafana/latest/developers/http_api/folder_dashboard_search/
 */
export function createGrafanaAnswers({ password, dataSources, dashboards }: GrafanaContents): Server {
  const authorization = `Basic ${Buffer.from(`admin:${password}`).toString("base64")}`;
  return createServer((req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? "", "http://grafana");
    const answer = (status: number, body: object): void => {
      res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    if (req.headers.authorization !== authorization)
      return answer(401, { message: "Invalid username or password" });
    const [, uid] = /^\/api\/datasources\/uid\/(\w+)\/health$/.exec(pathname) ?? [];
    if (uid !== undefined) return answer(...healthOf(dataSources[uid]));
    if (pathname === "/api/datasources") return answer(200, Object.keys(dataSources).map(dataSource));
    if (pathname === "/api/search")
      return answer(200, searchParams.get("type") === "dash-db" ? dashboards.map(found) : [folder]);
    return answer(404, { message: "Not found" });
  });
}

function healthOf(state: "OK" | "ERROR" | undefined): [number, object] {
  if (state === undefined) return [404, { message: "Data source not found" }];
  return state === "OK"
    ? [200, { message: "Data source connected and labels found.", status: "OK" }]
    : [400, { message: "connect: connection refused", status: "ERROR" }];
}

function dataSource(uid: string, index: number): object {
  return {
    id: index + 1,
    uid,
    orgId: 1,
    name: uid,
    type: uid,
    typeLogoUrl: "",
    access: "proxy",
    url: `http://${uid}`,
    basicAuth: false,
    isDefault: uid === "prometheus",
    jsonData: {},
    readOnly: true,
  };
}

const folder = {
  id: 163,
  uid: "taffrail",
  title: "Taffrail",
  type: "dash-folder",
  tags: [],
  isStarred: false,
};

function found(uid: string, index: number): object {
  return {
    id: index + 1,
    uid,
    title: uid,
    uri: `db/${uid}`,
    url: `/d/${uid}/${uid}`,
    type: "dash-db",
    tags: ["taffrail"],
    isStarred: false,
    folderUid: "taffrail",
    folderTitle: "Taffrail",
  };
}
