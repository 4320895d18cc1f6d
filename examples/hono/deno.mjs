import { app, kit } from "./app.mjs";

await kit.listen();
const server = Deno.serve({ port: Number(Deno.env.get("PORT") ?? 3000) }, app.fetch);
kit.onDrain("http server", () => server.shutdown());
kit.log.info({ port: server.addr.port }, "listening");
