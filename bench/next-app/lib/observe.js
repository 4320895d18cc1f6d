import { duration, logger } from "./telemetry.js";

/** A line by pino, a histogram of prom-client's and a request id around a route handler, as guides show it. */
export function observe(route, handler) {
  return async (request, context) => {
    const requestId = request.headers.get("x-request-id") ?? crypto.randomUUID();
    const log = logger.child({ requestId });
    const { method, url } = request;
    const started = performance.now();
    const finish = (statusCode, error) => {
      const responseTime = performance.now() - started;
      duration.observe({ method, route, status_code: statusCode }, responseTime / 1000);
      const fields = { req: { method, url }, res: { statusCode }, responseTime };
      if (error) log.error({ ...fields, err: error }, "request failed");
      else log.info(fields, "request completed");
    };
    try {
      const response = await handler(request, context);
      response.headers.set("x-request-id", requestId);
      finish(response.status);
      return response;
    } catch (error) {
      finish(500, error);
      throw error;
    }
  };
}
