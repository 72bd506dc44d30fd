/** GET /v1/models, and what those ask who run the service: /healthz, /readyz, /metrics, /openapi.json. */
import type { FastifyInstance } from "fastify";
import { Type } from "typebox";
import type { KeyRing } from "../api-key.ts";
import type { ServiceMetrics } from "../metrics.ts";
import type { ModelShelf } from "../models/model-shelf.ts";
import { ErrorSchema, ModelsSchema, StatusSchema } from "../schemas.ts";
import { ServiceError } from "../service-error.ts";

export function addModelsRoute(app: FastifyInstance, { shelf }: { readonly shelf: ModelShelf }): void {
  app.get(
    "/v1/models",
    {
      schema: {
        summary: "The models that are served",
        tags: ["models"],
        response: { 200: ModelsSchema, "4xx": ErrorSchema },
      },
    },
    async () => ({
      models: shelf.desks.map(({ id, about, version }) => ({
        id,
        ready: about !== undefined,
        ...about,
        version,
      })),
    }),
  );
}

export interface StatusOptions {
  readonly shelf: ModelShelf;
  readonly metrics: ServiceMetrics;
  readonly keys: KeyRing;
  readonly isStopping: () => boolean;
}

export function addStatusRoutes(
  app: FastifyInstance,
  { shelf, metrics, keys, isStopping }: StatusOptions,
): void {
  const tags = ["operation"];
  app.get(
    "/healthz",
    {
      schema: { summary: "Whether the process answers", tags, security: [], response: { 200: StatusSchema } },
    },
    async () => ({ status: "ok" }),
  );
  app.get(
    "/readyz",
    {
      schema: {
        summary: "Whether every model is loaded and requests are taken",
        tags,
        security: [],
        response: { 200: StatusSchema, 503: ErrorSchema },
      },
    },
    async () => {
      if (isStopping()) throw stopping();
      if (!shelf.ready)
        throw new ServiceError("not-ready", "The models are being loaded.", { retryAfter: 2 });
      return { status: "ready" };
    },
  );
  app.get(
    "/metrics",
    {
      schema: {
        summary: "Counts and times for Prometheus",
        tags,
        response: {
          200: {
            description: "Prometheus' text format",
            content: { "text/plain": { schema: Type.String() } },
          },
          "4xx": ErrorSchema,
        },
      },
      onRequest: async (request) => keys.check(request.headers),
    },
    async (_, reply) => {
      for (const { id, waiting } of shelf.desks) metrics.waiting.set({ model: id }, waiting);
      return reply.type(metrics.register.contentType).send(await metrics.register.metrics());
    },
  );
  app.get(
    "/openapi.json",
    {
      schema: {
        summary: "This document",
        tags,
        security: [],
        response: { 200: Type.Object({}, { additionalProperties: true }) },
      },
    },
    async () => app.swagger(),
  );
}

export function stopping(): ServiceError {
  return new ServiceError("stopping", "The service is being stopped. Try again later.", { retryAfter: 5 });
}
