/** What the service counts, for Prometheus. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export type ServiceMetrics = ReturnType<typeof createMetrics>;

/** A registry of its own for each service. `process`: also memory, event loop and the like, which is counted until the process ends. */
export function createMetrics({ process = false }: { readonly process?: boolean } = {}) {
  const register = new Registry();
  const registers = [register];
  if (process) collectDefaultMetrics({ register });
  return {
    register,
    requests: new Histogram({
      name: "gongbu_request_seconds",
      help: "Time from a request's arrival to its answer.",
      labelNames: ["method", "route", "status"] as const,
      buckets: SECONDS,
      registers,
    }),
    batches: new Histogram({
      name: "gongbu_batch_seconds",
      help: "Time of a model for one batch.",
      labelNames: ["model"] as const,
      buckets: SECONDS,
      registers,
    }),
    batchTexts: new Histogram({
      name: "gongbu_batch_texts",
      help: "Texts in one batch.",
      labelNames: ["model"] as const,
      buckets: [1, 2, 4, 8, 16, 32, 64],
      registers,
    }),
    waiting: new Gauge({
      name: "gongbu_waiting_texts",
      help: "Texts that wait for a model.",
      labelNames: ["model"] as const,
      registers,
    }),
    refused: new Counter({
      name: "gongbu_refused_total",
      help: "Requests that got an error, by its code.",
      labelNames: ["code"] as const,
      registers,
    }),
    loads: new Counter({
      name: "gongbu_model_loads_total",
      help: "Models loaded, or not, at the start and when their folder changed.",
      labelNames: ["model", "outcome"] as const,
      registers,
    }),
  };
}
