import { gunzipSync, inflateSync } from "node:zlib";
import type { PushStream } from "../../logql/index.ts";
import { IngestError } from "../ingest/ingest-error.ts";
import { otlpStreams } from "../ingest/otlp.ts";
import { parseOtlpJson } from "../ingest/otlp-json.ts";
import { parseOtlpProtobuf } from "../ingest/otlp-protobuf.ts";
import { parsePushJson } from "../ingest/push-json.ts";
import { parsePushProtobuf } from "../ingest/push-protobuf.ts";
import type { ApiContext, Endpoint } from "./api.ts";
import { type ApiRequest, plain } from "./api-message.ts";

// Loki's max_line_size.
const maxLineBytes = 256 * 1024;

/** POST /loki/api/v1/push */
export const push: Endpoint = ({ request }, context) => {
  const body = decompressed(request, context.maxPushBytes);
  const streams =
    request.contentType === "application/json"
      ? parsePushJson(body)
      : parsePushProtobuf(body, context.maxPushBytes);
  return take(streams, context);
};

/** POST /otlp/v1/logs */
export const pushOtlp: Endpoint = ({ request }, context) => {
  const body = decompressed(request, context.maxPushBytes);
  if (request.contentType !== "application/json" && request.contentType !== "application/x-protobuf")
    throw new IngestError("Content-Type must be application/json or application/x-protobuf", 415);
  const scopes = request.contentType === "application/json" ? parseOtlpJson(body) : parseOtlpProtobuf(body);
  return take(otlpStreams(scopes, BigInt(context.now()) * 1_000_000n), context);
};

function take(streams: readonly PushStream[], { core }: ApiContext): ReturnType<Endpoint> {
  const filled = streams.filter(({ values }) => values.length > 0);
  if (filled.length === 0)
    throw new IngestError("error at least one valid stream is required for ingestion", 422);
  if (filled.some(({ stream }) => Object.keys(stream).length === 0))
    throw new IngestError("error at least one label pair is required per stream");
  const fits = ([, line]: PushStream["values"][number]): boolean => Buffer.byteLength(line) <= maxLineBytes;
  // As Loki does: what fits is taken, and the answer names what does not.
  core.push(filled.map(({ stream, values }) => ({ stream, values: values.filter(fits) })));
  const long = filled.flatMap(({ values }) => values).find((value) => !fits(value));
  if (long) {
    const length = Buffer.byteLength(long[1]);
    throw new IngestError(`max entry size ${maxLineBytes} bytes exceeded: an entry has ${length} bytes`);
  }
  return plain(204, "");
}

function decompressed({ contentEncoding, body }: ApiRequest, maxBytes: number): Buffer {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const options = { maxOutputLength: maxBytes };
  try {
    if (contentEncoding === "gzip") return gunzipSync(bytes, options);
    if (contentEncoding === "deflate") return inflateSync(bytes, options);
  } catch (cause) {
    throw new IngestError(
      `${contentEncoding}: ${cause instanceof Error ? cause.message : String(cause)}`,
      (cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? 413 : 400,
    );
  }
  if (contentEncoding === "" || contentEncoding === "identity" || contentEncoding === "snappy") return bytes;
  throw new IngestError(`Content-Encoding ${contentEncoding} is not supported; gzip, deflate and snappy are`);
}
