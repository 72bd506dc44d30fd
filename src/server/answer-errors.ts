/** Every error as the same kind of answer: `{ error: { code, message } }`, also where no route was reached. */
import type { Socket } from "node:net";
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import { ServiceError, toErrorReply, toServiceError } from "./service-error.ts";

export interface AnswerOptions {
  readonly count: (code: string) => void;
}

export function answerErrors(app: FastifyInstance, { count }: AnswerOptions): void {
  function answer(given: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const error = toServiceError(given);
    count(error.code);
    if (error.status === 500) request.log.error({ err: error.cause ?? error }, "a request failed");
    return sendError(reply, error);
  }

  app.setErrorHandler((error, request, reply) => answer(error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    const url = request.url.split("?")[0];
    const allowed = METHODS.filter((method) => method !== request.method && hasRoute(app, method, url));
    if (allowed.length === 0 || allowed.includes(request.method as HTTPMethods))
      return answer(
        new ServiceError("not-found", "There is nothing at this address. See /docs."),
        request,
        reply,
      );
    void reply.header("allow", allowed.join(", "));
    const message = `This address takes ${allowed.join(", ")}, not ${request.method}.`;
    return answer(new ServiceError("method-not-allowed", message), request, reply);
  });
  app.server.on("checkExpectation", (_: IncomingMessage, response: ServerResponse) => {
    const error = new ServiceError("expectation-failed", "Expect can only be 100-continue.");
    response.writeHead(error.status, { "content-type": "application/json", connection: "close" });
    response.end(JSON.stringify(toErrorReply(error)));
  });
  app.server.on("connect", (_: IncomingMessage, socket: Socket) => {
    writeError(socket, new ServiceError("method-not-allowed", "This is no proxy."));
  });
}

/** Fastify's options for what is no proper HTTP, or has no proper address. */
export const answerBrokenHttp = {
  clientErrorHandler(error: Error & { code?: string }, socket: Socket): void {
    writeError(socket, toHttpError(error.code));
  },
  frameworkErrors(error: Error, _: FastifyRequest, reply: FastifyReply): void {
    void sendError(reply, toServiceError(error));
  },
};

const METHODS: readonly HTTPMethods[] = ["GET", "POST"];

/** Whether a route of our own answers; the course's "/*" answers everything. */
function hasRoute(app: FastifyInstance, method: HTTPMethods, url: string): boolean {
  return app.hasRoute({ method, url });
}

function sendError(reply: FastifyReply, error: ServiceError): FastifyReply {
  if (error.retryAfter !== undefined) void reply.header("retry-after", error.retryAfter);
  // Set here again: an error may come before the hooks that set them.
  return reply
    .code(error.status)
    .header("content-type", "application/json; charset=utf-8")
    .header("x-content-type-options", "nosniff")
    .header("cache-control", "no-store")
    .serializer(JSON.stringify)
    .send(toErrorReply(error));
}

function toHttpError(code: string | undefined): ServiceError {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return new ServiceError("headers-too-large", "The headers are too large.");
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new ServiceError("request-timeout", "The request took too long to arrive.");
    default:
      return new ServiceError("malformed-http", "This is no HTTP request that can be read.");
  }
}

function writeError(socket: Socket, error: ServiceError): void {
  if (!socket.writable || socket.destroyed) return void socket.destroy();
  const body = JSON.stringify(toErrorReply(error));
  const head = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`,
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
