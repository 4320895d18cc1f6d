import { app, kit } from "./app.mjs";

await kit.listen();
const server = Bun.serve({ port: Number(process.env.PORT ?? 3000), fetch: app.fetch });
kit.onDrain("http server", () => server.stop());
kit.log.info({ port: server.port }, "listening");
