/** POST /v1/classify, /v1/label, /v1/translate, /v1/generate. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { toEventStream } from "../event-stream.ts";
import type { ModelDesk } from "../models/model-desk.ts";
import type { ModelShelf } from "../models/model-shelf.ts";
import type { Growth, RunOptions, Task } from "../models/served-model.ts";
import {
  ErrorSchema,
  optionNames,
  toReadingSchema,
  toReplySchema,
  toWritingSchema,
  type WritingRequest,
} from "../schemas.ts";
import { ServiceError, toErrorReply, toServiceError } from "../service-error.ts";
import type { ServiceSettings } from "../settings.ts";
import { checkWellFormed } from "../validation.ts";

export interface PredictOptions {
  readonly shelf: ModelShelf;
  readonly settings: ServiceSettings;
}

interface Route {
  readonly task: Task;
  /** Models of which tasks it asks. */
  readonly asks: readonly Task[];
  readonly summary: string;
  readonly writes: boolean;
}

const ROUTES: readonly Route[] = [
  { task: "classify", asks: ["classify"], summary: "Which class a text belongs to", writes: false },
  {
    task: "label",
    asks: ["label"],
    summary: "Spans of a text with their labels, such as names",
    writes: false,
  },
  { task: "translate", asks: ["translate"], summary: "A text in the other language", writes: true },
  { task: "generate", asks: ["generate", "translate"], summary: "What a model writes", writes: true },
];

export function addPredictRoutes(app: FastifyInstance, { shelf, settings }: PredictOptions): void {
  const names = optionNames(settings);
  for (const { task, asks, summary, writes } of ROUTES) {
    app.post<{ Body: WritingRequest }>(
      `/v1/${task}`,
      {
        schema: {
          summary,
          tags: ["predictions"],
          body: writes ? toWritingSchema(settings) : toReadingSchema(settings),
          response: { 200: toAnswer(task, writes), "4xx": ErrorSchema, "5xx": ErrorSchema },
        },
        ...(writes && { preValidation: async (request) => renameOptions(request, names) }),
      },
      async (request, reply) => {
        const { model, text, options, scores, stream = false } = request.body;
        const texts = typeof text === "string" ? [text] : text;
        checkWellFormed(texts);
        const desk = shelf.find(asks, model);
        request.served = { model: desk.id, texts: texts.length };
        const run: RunOptions = {
          ...(scores && { scores }),
          ...(options && Object.keys(options).length > 0 && { generation: options }),
        };
        const signal = startDeadline(reply, settings.timeLimitMs);
        if (stream) return sendStream(reply, { desk, texts, options: run, signal });
        return { model: desk.id, predictions: await desk.submit({ texts, options: run, signal }) };
      },
    );
  }
}

function toAnswer(task: Task, writes: boolean) {
  const schema = toReplySchema(task);
  const description = "One prediction for each text.";
  if (!writes) return { description, content: { "application/json": { schema } } };
  return {
    description: `${description} With \`stream\`: events \`token\` or \`step\` ({index, sequence, text, token}), then \`done\` (the whole answer) or \`error\`.`,
    content: { "application/json": { schema }, "text/event-stream": { schema: { type: "string" } } },
  };
}

function sendStream(
  reply: FastifyReply,
  { desk, ...work }: { desk: ModelDesk; texts: readonly string[]; options: RunOptions; signal: AbortSignal },
): FastifyReply {
  const early: Growth[] = [];
  let tell = (growth: Growth): void => void early.push(growth);
  // What is refused at once is an answer with a status of its own: no stream begins.
  const running = desk.submit({ ...work, onGrowth: (growth) => tell(growth) });
  const stream = toEventStream(async (emit) => {
    tell = ({ type, ...growth }) => emit(type, growth);
    early.forEach(tell);
    try {
      emit("done", { model: desk.id, predictions: await running });
    } catch (error) {
      const told = toServiceError(error);
      if (told.status >= 500)
        reply.log.error({ err: told.cause ?? told, code: told.code }, "a stream failed");
      emit("error", toErrorReply(told));
    }
  });
  return reply
    .header("content-type", "text/event-stream; charset=utf-8")
    .header("cache-control", "no-store")
    .header("x-accel-buffering", "no")
    .send(stream);
}

/** Aborted at the time limit, and when the client has left before its answer. */
function startDeadline(reply: FastifyReply, timeLimitMs: number): AbortSignal {
  const controller = new AbortController();
  const timer = setTimeout(
    () =>
      controller.abort(
        new ServiceError(
          "time-limit",
          `The answer took longer than ${timeLimitMs / 1000} s. Send fewer texts, or ask for fewer tokens.`,
        ),
      ),
    Math.max(1, timeLimitMs - reply.elapsedTime),
  );
  reply.raw.once("close", () => {
    clearTimeout(timer);
    if (!reply.raw.writableFinished)
      controller.abort(new ServiceError("client-left", "The client has left."));
  });
  return controller.signal;
}

/** `num_beams` → `numBeams`, for clients that take the names from Python. */
async function renameOptions(request: FastifyRequest, names: readonly string[]): Promise<void> {
  const body = request.body as { options?: unknown } | null | undefined;
  if (typeof body !== "object" || body === null || typeof body.options !== "object" || body.options === null)
    return;
  if (Array.isArray(body.options)) return;
  const renamed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body.options)) {
    const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const known = names.includes(camel) ? camel : name;
    if (Object.hasOwn(renamed, known))
      throw new ServiceError("invalid-request", `body/options gives ${known} twice, in two spellings.`);
    renamed[known] = value;
  }
  body.options = renamed;
}
