import { serve } from "@hono/node-server";
import { app, kit } from "./app.mjs";

await kit.listen();
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) }, ({ port }) => {
  kit.log.info({ port }, "listening");
});
