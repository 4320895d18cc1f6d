import { dashboard } from "../model/dashboard.ts";
import { line } from "../model/layout.ts";
import type { Dashboard } from "../model/model.ts";
import { f, histogram, metric } from "../model/names.ts";
import { stat, stateTimeline, timeseries } from "../model/panels.ts";
import { orZero, rate, series, sumBy } from "../model/promql.ts";
import { prometheus } from "../model/queries.ts";
import { stackMetric } from "../model/stack-metrics.ts";
import { prometheusVariables } from "../model/variables.ts";

const instance = [f.service_name, "instance"];
const legend = `{{${f.service_name}}} {{instance}}`;
const loopTime = metric("nodejs_eventloop_time_seconds_total");
const gc = histogram("v8js_gc_duration_seconds");
const heapUsed = sumBy(instance, series(metric("v8js_memory_heap_used_bytes")));
const heapLimit = sumBy(instance, series(metric("v8js_heap_size_limit_bytes")));
const busy = `${sumBy(instance, rate(loopTime, 'nodejs_eventloop_state="active"'))} / ${sumBy(instance, rate(loopTime))}`;

/** The insides of the processes: event loop, heap, garbage collection, CPU, handles. */
export const nodeRuntime: Dashboard = dashboard({
  name: "node-runtime",
  title: "Node runtime",
  description:
    "Event loop, heap, garbage collection, processor and handles of each process. A mark is the start of a process.",
  variables: prometheusVariables,
  sections: [
    {
      id: 1,
      title: "Now",
      lines: [
        line(
          4,
          stat({
            id: 10,
            title: "Processes up",
            description: "Targets that answered their last scrape. A blocked event loop does not answer.",
            width: 6,
            unit: "short",
            queries: [prometheus(orZero(`sum(${series(stackMetric("up"))})`))],
          }),
          stat({
            id: 11,
            title: "Busiest event loop",
            description: "Share of time in which it ran code and did not wait; at 1 all else queues.",
            width: 6,
            unit: "percentunit",
            decimals: 0,
            thresholds: [
              [0.7, "yellow"],
              [0.9, "red"],
            ],
            queries: [prometheus(orZero(`max(${busy})`))],
          }),
          stat({
            id: 12,
            title: "Fullest heap",
            description:
              "Heap in use, of the size at which V8 ends the process. HeapNearLimit fires above 85%.",
            width: 6,
            unit: "percentunit",
            decimals: 0,
            thresholds: [
              [0.7, "yellow"],
              [0.85, "red"],
            ],
            queries: [prometheus(orZero(`max(${heapUsed} / ${heapLimit})`))],
          }),
          stat({
            id: 13,
            title: "Youngest process",
            description: "Time since the last start of any of them.",
            width: 6,
            unit: "s",
            queries: [prometheus(orZero(`min(${series(metric("process_uptime_seconds"))})`))],
          }),
        ),
        line(
          5,
          stateTimeline({
            id: 14,
            title: "Up and down",
            description: "Whether each process answered its scrapes.",
            width: 24,
            states: { "0": { text: "down", color: "red" }, "1": { text: "up", color: "green" } },
            queries: [
              prometheus(`max by (${instance.join(", ")}) (${series(stackMetric("up"))})`, { legend }),
            ],
          }),
        ),
      ],
    },
    {
      id: 2,
      title: "Event loop",
      lines: [
        line(
          8,
          timeseries({
            id: 20,
            title: "Utilisation",
            description:
              "Share of time in which the event loop ran code. Near 1, the process has reached what one processor can do.",
            width: 12,
            unit: "percentunit",
            min: 0,
            max: 1,
            thresholds: [[0.9, "red"]],
            queries: [prometheus(busy, { legend })],
          }),
          timeseries({
            id: 21,
            title: "Delay",
            description:
              "How late timers ran: half of the time less than p50. The maximum is the longest single blocking. EventLoopLagHigh looks at p99.",
            width: 12,
            unit: "s",
            min: 0,
            queries: [
              prometheus(
                `max by (${instance.join(", ")}) (${series(metric("nodejs_eventloop_delay_p50_seconds"))})`,
                { legend: `p50 ${legend}` },
              ),
              prometheus(
                `max by (${instance.join(", ")}) (${series(metric("nodejs_eventloop_delay_p99_seconds"))})`,
                { legend: `p99 ${legend}` },
              ),
              prometheus(
                `max by (${instance.join(", ")}) (${series(metric("nodejs_eventloop_delay_max_seconds"))})`,
                { legend: `max ${legend}` },
              ),
            ],
          }),
        ),
      ],
    },
    {
      id: 3,
      title: "Memory",
      lines: [
        line(
          8,
          timeseries({
            id: 30,
            title: "Heap in use, of its limit",
            description:
              "At 1, V8 ends the process. A saw-tooth is normal; a floor that only rises is a leak.",
            width: 8,
            unit: "percentunit",
            min: 0,
            max: 1,
            thresholds: [[0.85, "red"]],
            queries: [prometheus(`${heapUsed} / ${heapLimit}`, { legend })],
          }),
          timeseries({
            id: 31,
            title: "Heap by space",
            description:
              "What the heap consists of. new_space is what was just made; old_space what has lived.",
            width: 8,
            unit: "bytes",
            style: "stack",
            queries: [
              prometheus(sumBy(["v8js_heap_space_name"], series(metric("v8js_memory_heap_used_bytes"))), {
                legend: "{{v8js_heap_space_name}}",
              }),
            ],
          }),
          timeseries({
            id: 32,
            title: "Resident memory",
            description:
              "What the operating system counts: heap, buffers, code. Containers are ended by this number.",
            width: 8,
            unit: "bytes",
            min: 0,
            queries: [prometheus(sumBy(instance, series(metric("process_memory_usage_bytes"))), { legend })],
          }),
        ),
      ],
    },
    {
      id: 4,
      title: "Garbage collection and processor",
      lines: [
        line(
          8,
          timeseries({
            id: 40,
            title: "Time in garbage collection",
            description:
              "Share of time spent collecting, by kind. Above a tenth, the heap is too small or something makes too much.",
            width: 8,
            unit: "percentunit",
            min: 0,
            style: "stack",
            queries: [prometheus(sumBy(["v8js_gc_type"], rate(gc.sum)), { legend: "{{v8js_gc_type}}" })],
          }),
          timeseries({
            id: 41,
            title: "Collections",
            description: "Collections a second, by kind.",
            width: 8,
            unit: "cps",
            queries: [prometheus(sumBy(["v8js_gc_type"], rate(gc.count)), { legend: "{{v8js_gc_type}}" })],
          }),
          timeseries({
            id: 42,
            title: "Processor",
            description: "Processors in use, by mode. 1 is one whole core.",
            width: 8,
            unit: "short",
            min: 0,
            style: "stack",
            queries: [
              prometheus(sumBy(["cpu_mode"], rate(metric("process_cpu_time_seconds_total"))), {
                legend: "{{cpu_mode}}",
              }),
            ],
          }),
        ),
      ],
    },
    {
      id: 5,
      title: "Handles",
      lines: [
        line(
          8,
          timeseries({
            id: 50,
            title: "What keeps the loop alive",
            description: "Open sockets, timers, servers. One that only grows is not closed.",
            width: 8,
            unit: "short",
            queries: [
              prometheus(sumBy(["v8js_resource_type"], series(metric("v8js_resource_active"))), {
                legend: "{{v8js_resource_type}}",
              }),
            ],
          }),
          timeseries({
            id: 51,
            title: "File descriptors, of the limit",
            description: "Open files and sockets, of what the process may have open. Linux only.",
            width: 8,
            unit: "percentunit",
            min: 0,
            thresholds: [[0.8, "red"]],
            queries: [
              prometheus(
                `${sumBy(instance, series(metric("process_open_file_descriptors")))} / ${sumBy(instance, series(metric("process_max_file_descriptors")))}`,
                { legend },
              ),
            ],
          }),
          timeseries({
            id: 52,
            title: "Time since the start",
            description: "It falls to zero at every restart.",
            width: 8,
            unit: "s",
            min: 0,
            queries: [
              prometheus(`max by (${instance.join(", ")}) (${series(metric("process_uptime_seconds"))})`, {
                legend,
              }),
            ],
          }),
        ),
      ],
    },
  ],
});
