/** Puts the service together. It listens to no port: listen.ts does, and tests inject requests. */
import type { Writable } from "node:stream";
import cors from "@fastify/cors";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import swagger, { type FastifyDynamicSwaggerOptions as SwaggerOptions } from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import fastify, { LogController, type FastifyInstance } from "fastify";
import { createKeyRing } from "./api-key.ts";
import { createMetrics, type ServiceMetrics } from "./metrics.ts";
import type { DeskOptions } from "./models/model-desk.ts";
import { ModelShelf } from "./models/model-shelf.ts";
import type { ModelSource } from "./models/served-model.ts";
import { addCourse } from "./routes/course.ts";
import { addPredictRoutes } from "./routes/predict.ts";
import { addModelsRoute, addStatusRoutes, stopping } from "./routes/status.ts";
import { answerErrors, answerBrokenHttp } from "./answer-errors.ts";
import { ServiceError } from "./service-error.ts";
import { toSettings, type ServiceSettings, type ServiceSettingsSpec } from "./settings.ts";
import { toValidationError } from "./validation.ts";

export interface ServiceOptions extends ServiceSettingsSpec {
  readonly sources: readonly ModelSource[];
  /** The folder of the built course. Default: none is served. */
  readonly course?: string;
  /** Where the log goes, a line of JSON for each event. Default: nowhere. */
  readonly log?: Writable;
  /** Whether `/metrics` also tells of the process. Default false. */
  readonly processMetrics?: boolean;
}

export interface Service {
  readonly app: FastifyInstance;
  readonly shelf: ModelShelf;
  readonly settings: ServiceSettings;
  /** Takes no more requests, finishes those that were accepted, and closes the models. */
  stop(): Promise<void>;
}

declare module "fastify" {
  interface FastifyRequest {
    /** What a prediction was asked of, for the log. */
    served: { readonly model: string; readonly texts: number } | undefined;
  }
}

/** Answers of the API are data, whatever a browser thinks of them. */
const NOTHING = { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } };

export async function buildService(options: ServiceOptions): Promise<Service> {
  const settings = toSettings(pickSettings(options));
  const metrics = createMetrics({ process: options.processMetrics });
  const app = createApp(settings, options.log);
  const shelf = new ModelShelf(options.sources, {
    reloadMs: settings.reloadMs,
    deskOptions: (id) => toDeskOptions(id, { app, metrics, settings }),
  });
  const keys = createKeyRing(settings.apiKeys);
  const state = { stopping: false };

  app.decorateRequest("served", undefined);
  answerErrors(app, { count: (code) => metrics.refused.inc({ code }) });
  tellOfRequests(app, metrics);
  app.addHook("onRequest", async ({ raw }, reply) => {
    if (state.stopping) void reply.header("connection", "close");
    if (raw.httpVersion === "1.1" && raw.headers.host === undefined)
      throw new ServiceError("malformed-http", "The request has no Host header.");
  });
  // An answer that was under way when the service was told to stop is the last on its connection.
  app.addHook("onSend", async (_, reply) => {
    if (state.stopping) void reply.header("connection", "close");
  });

  await app.register(swagger, { openapi: describeService(settings) });
  await app.register(swaggerUi, { routePrefix: "/docs", staticCSP: true });
  const { origins } = settings;
  if (origins.length > 0) await app.register(cors, { origin: origins.includes("*") ? "*" : [...origins] });
  await app.register(async (api) => {
    await api.register(helmet, { contentSecurityPolicy: NOTHING });
    addStatusRoutes(api, { shelf, metrics, keys, isStopping: () => state.stopping });
    await api.register(async (predictions) => {
      if (settings.rateLimit > 0) await limitRate(predictions, { settings, keys });
      predictions.addHook("onRequest", async ({ headers }) => {
        if (state.stopping) throw stopping();
        keys.check(headers);
      });
      addModelsRoute(predictions, { shelf });
      addPredictRoutes(predictions, { shelf, settings });
    });
  });
  if (options.course !== undefined) await addCourse(app, options.course);
  app.addHook("onClose", () => shelf.close());
  await app.ready();

  return {
    app,
    shelf,
    settings,
    async stop() {
      state.stopping = true;
      const timer = setTimeout(() => app.server.closeAllConnections(), settings.stopLimitMs);
      await shelf.drained();
      await app.close();
      clearTimeout(timer);
    },
  };
}

function createApp(settings: ServiceSettings, log: Writable | undefined): FastifyInstance {
  const app = fastify({
    logger: log ? { level: "info", stream: log } : false,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: settings.maxBodyBytes,
    requestTimeout: settings.receiveLimitMs,
    trustProxy: settings.trustProxy,
    forceCloseConnections: "idle",
    // Those that arrive then get an answer of ours, from the hooks.
    return503OnClosing: false,
    http: {
      headersTimeout: settings.receiveLimitMs,
      connectionsCheckingInterval: Math.max(100, Math.min(1000, settings.receiveLimitMs / 4)),
      // Node's own refusal has no body; the hook's has one.
      requireHostHeader: false,
    },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: false } },
    schemaErrorFormatter: toValidationError,
    ...answerBrokenHttp,
  });
  app.removeContentTypeParser("text/plain");
  return app as unknown as FastifyInstance;
}

function toDeskOptions(
  id: string,
  { app, metrics, settings }: { app: FastifyInstance; metrics: ServiceMetrics; settings: ServiceSettings },
): DeskOptions {
  return {
    ...settings,
    onBatch({ texts, seconds }) {
      metrics.batches.observe({ model: id }, seconds);
      metrics.batchTexts.observe({ model: id }, texts);
    },
    onLoad({ outcome, seconds, error }) {
      metrics.loads.inc({ model: id, outcome });
      if (error) app.log.error({ model: id, err: error }, "the model cannot be loaded");
      else app.log.info({ model: id, seconds }, "the model is loaded");
    },
  };
}

/** A line for each request: by its route, not its address, and without a word of its texts. */
function tellOfRequests(app: FastifyInstance, metrics: ServiceMetrics): void {
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "none";
    const { method, served } = request;
    const seconds = reply.elapsedTime / 1000;
    metrics.requests.observe({ method, route, status: reply.statusCode }, seconds);
    request.log.info({ method, route, status: reply.statusCode, seconds, ...served }, "answered");
  });
}

async function limitRate(
  app: FastifyInstance,
  { settings, keys }: { settings: ServiceSettings; keys: ReturnType<typeof createKeyRing> },
): Promise<void> {
  await app.register(rateLimit, {
    max: settings.rateLimit,
    timeWindow: 60_000,
    keyGenerator: ({ headers, ip }) => {
      const key = keys.find(headers);
      return key === undefined ? ip : `key ${key}`;
    },
    errorResponseBuilder: (_, { ttl }) =>
      new ServiceError("rate-limited", `More than ${settings.rateLimit} requests in a minute.`, {
        retryAfter: Math.max(1, Math.ceil(ttl / 1000)),
      }),
  });
}

function describeService({ apiKeys }: ServiceSettings): NonNullable<SwaggerOptions["openapi"]> {
  return {
    openapi: "3.1.0",
    info: {
      title: "Gongbu",
      version: "1",
      description:
        "Models that were trained in the course, behind a URL. Errors: `{ error: { code, message } }`.",
    },
    tags: [{ name: "predictions" }, { name: "models" }, { name: "operation" }],
    ...(apiKeys.length > 0 && {
      components: {
        securitySchemes: {
          bearer: { type: "http", scheme: "bearer" },
          key: { type: "apiKey", in: "header", name: "X-API-Key" },
        },
      },
      security: [{ bearer: [] }, { key: [] }],
    }),
  };
}

/** The settings among the options. */
function pickSettings({
  sources: _sources,
  course: _course,
  log: _log,
  processMetrics: _processMetrics,
  ...settings
}: ServiceOptions): ServiceSettingsSpec {
  return settings;
}
