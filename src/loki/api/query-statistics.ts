import type { QueryStatistics } from "../../logql/index.ts";

/** The statistics of a query in Loki's shape. What has no meaning in a store in memory is 0. */
export function queryStatistics({ summary }: QueryStatistics, entries: number): object {
  const { totalLinesProcessed, totalBytesProcessed, execTime } = summary;
  const perSecond = (amount: number): number => (execTime > 0 ? Math.round(amount / execTime) : 0);
  return {
    summary: {
      bytesProcessedPerSecond: perSecond(totalBytesProcessed),
      linesProcessedPerSecond: perSecond(totalLinesProcessed),
      totalBytesProcessed,
      totalLinesProcessed,
      execTime,
      queueTime: 0,
      subqueries: 0,
      totalEntriesReturned: entries,
      splits: 0,
      shards: 1,
      totalPostFilterLines: 0,
      totalStructuredMetadataBytesProcessed: 0,
    },
    querier: { store: noStore, querierExecTime: execTime },
    ingester: {
      totalReached: 1,
      totalChunksMatched: 0,
      totalBatches: 0,
      totalLinesSent: entries,
      store: noStore,
    },
    cache: Object.fromEntries(caches.map((name) => [name, noCache])),
    index: { totalChunks: 0, postFilterChunks: 0, shardsDuration: 0, usedBloomFilters: false },
  };
}

const noStore = {
  totalChunksRef: 0,
  totalChunksDownloaded: 0,
  chunksDownloadTime: 0,
  queryReferencedStructuredMetadata: false,
  queryUsedV2Engine: false,
  chunk: {
    headChunkBytes: 0,
    headChunkLines: 0,
    decompressedBytes: 0,
    decompressedLines: 0,
    compressedBytes: 0,
    totalDuplicates: 0,
    postFilterLines: 0,
    headChunkStructuredMetadataBytes: 0,
    decompressedStructuredMetadataBytes: 0,
  },
  chunkRefsFetchTime: 0,
  congestionControlLatency: 0,
  pipelineWrapperFilteredLines: 0,
};

const noCache = {
  entriesFound: 0,
  entriesRequested: 0,
  entriesStored: 0,
  bytesReceived: 0,
  bytesSent: 0,
  requests: 0,
  downloadTime: 0,
  queryLengthServed: 0,
};

const caches = [
  "chunk",
  "index",
  "result",
  "statsResult",
  "volumeResult",
  "seriesResult",
  "labelResult",
  "instantMetricResult",
];
