import { format, LogqlError, parse, type QueryResult } from "../../logql/index.ts";
import type { ApiCall, Endpoint } from "./api.ts";
import { type ApiAnswer, ApiError, json, success } from "./api-message.ts";
import { queryStatistics } from "./query-statistics.ts";

const dayNs = 86_400_000_000_000n;
// Loki's max_query_length.
const maxRangeNs = 30n * dayNs + 3_600_000_000_000n;

/** GET /loki/api/v1/query */
export const query: Endpoint = ({ request, parameters }, { core }) => {
  const asked = { time: parameters.time("time"), limit: parameters.count("limit", 100) };
  return answer(core.engine.query(source(parameters.text("query")), asked), request.encodingFlags);
};

/** GET /loki/api/v1/query_range */
export const queryRange: Endpoint = (call, { core }) => {
  const { request, parameters } = call;
  const { start, end } = checkedRange(call);
  const step = parameters.step();
  const result = core.engine.queryRange(source(parameters.text("query")), {
    start,
    end,
    ...(step !== undefined && { step }),
    limit: parameters.count("limit", 100),
    direction: parameters.direction(),
    categorizeLabels: categorizes(request.encodingFlags),
  });
  return answer(result, request.encodingFlags);
};

/** GET /loki/api/v1/format_query */
export const formatQuery: Endpoint = ({ parameters }) => {
  const type = "application/json; charset=utf-8";
  try {
    return json({ status: "success", data: format(parse(source(parameters.text("query")))) }, type);
  } catch (error) {
    if (!(error instanceof LogqlError)) throw error;
    return { ...json({ status: "invalid-query", error: error.message }, type), status: 400 };
  }
};

function checkedRange({ parameters }: ApiCall): { readonly start: bigint; readonly end: bigint } {
  const { start, end } = parameters.range();
  if (end <= start) throw new ApiError("end timestamp must not be before or equal to start time");
  if (end - start > maxRangeNs) {
    const hours = (end - start) / 3_600_000_000_000n;
    throw new ApiError(`the query time range exceeds the limit (query length: ${hours}h0m0s, limit: 30d1h)`);
  }
  return { start, end };
}

function source(text: string): string {
  if (text.trim() === "") throw new ApiError("parse error : syntax error: unexpected $end");
  return text;
}

function answer({ stats, resultType, result }: QueryResult, encodingFlags: string): ApiAnswer {
  const flags = categorizes(encodingFlags) && resultType === "streams" ? ["categorize-labels"] : undefined;
  return success({
    resultType,
    ...(flags && { encodingFlags: flags }),
    result: inOrder(resultType, result),
    stats: queryStatistics(stats, entriesOf(resultType, result)),
  });
}

// Loki orders streams and the series of a range by their labels; a vector's order may be what `sort` gave it.
function inOrder(resultType: QueryResult["resultType"], result: QueryResult["result"]): unknown {
  if (resultType !== "streams" && resultType !== "matrix") return result;
  // Both have one set of labels a row.
  const rows = result as readonly { readonly stream?: object; readonly metric?: object }[];
  const keyed = rows.map((row) => ({ row, key: JSON.stringify(row.stream ?? row.metric) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row);
}

function entriesOf(resultType: QueryResult["resultType"], result: QueryResult["result"]): number {
  if (resultType === "scalar") return 1;
  if (resultType !== "streams") return result.length;
  // The type of a result of streams.
  return (result as readonly { readonly values: readonly unknown[] }[]).reduce(
    (sum, { values }) => sum + values.length,
    0,
  );
}

/** Whether the caller asks for labels told apart by category. */
export function categorizes(encodingFlags: string): boolean {
  return encodingFlags.split(",").some((flag) => flag.trim() === "categorize-labels");
}
