/** What can go wrong with a request, and how a client is told. */

/** Code → HTTP status. The codes are part of the interface: docs/serving.md lists them. */
export const STATUS = {
  "invalid-request": 400,
  "malformed-json": 400,
  "malformed-text": 400,
  "malformed-url": 400,
  "malformed-http": 400,
  "model-needed": 400,
  "wrong-task": 400,
  unauthorized: 401,
  "unknown-model": 404,
  "not-found": 404,
  "method-not-allowed": 405,
  "request-timeout": 408,
  "body-too-large": 413,
  "text-too-long": 413,
  "too-many-texts": 413,
  "unsupported-media-type": 415,
  "expectation-failed": 417,
  "invalid-input": 422,
  "rate-limited": 429,
  "headers-too-large": 431,
  "client-left": 499,
  internal: 500,
  overloaded: 503,
  "not-ready": 503,
  stopping: 503,
  "model-restarted": 503,
  "time-limit": 504,
  "wrong-setting": 500,
  "wrong-checkpoint": 500,
} as const;

export type ServiceErrorCode = keyof typeof STATUS;

/** The body of every answer that is an error. */
export interface ErrorReply {
  readonly error: { readonly code: ServiceErrorCode; readonly message: string };
}

export interface ServiceErrorOptions extends ErrorOptions {
  /** After how many seconds it is worth trying again. */
  readonly retryAfter?: number;
}

export class ServiceError extends Error {
  override name = "ServiceError";
  readonly code: ServiceErrorCode;
  readonly status: number;
  readonly retryAfter: number | undefined;

  constructor(code: ServiceErrorCode, message: string, { retryAfter, ...options }: ServiceErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.status = STATUS[code];
    this.retryAfter = retryAfter;
  }
}

export function toErrorReply({ code, message }: Pick<ServiceError, "code" | "message">): ErrorReply {
  return { error: { code, message } };
}

/** Fastify's codes and Node's, as ours. What is not here is told by its status. */
const FOREIGN: Readonly<Record<string, { readonly code: ServiceErrorCode; readonly message?: string }>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: { code: "malformed-json" },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: "malformed-json", message: "The body is empty; JSON was expected." },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: "unsupported-media-type",
    message: "The body must be JSON, sent as Content-Type: application/json.",
  },
  FST_ERR_CTP_BODY_TOO_LARGE: { code: "body-too-large" },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: "malformed-http",
    message: "The body is not as long as Content-Length says.",
  },
  FST_ERR_BAD_URL: { code: "malformed-url", message: "The address cannot be decoded." },
  FST_ERR_MAX_PARAM_LENGTH_EXCEEDED: { code: "not-found" },
};

/** Whatever was thrown while a request was handled, as one of ours. */
export function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const {
    code = "",
    message,
    statusCode,
  } = (error ?? {}) as {
    code?: string;
    message?: string;
    statusCode?: number;
  };
  const known = Object.hasOwn(FOREIGN, code) ? FOREIGN[code] : undefined;
  if (known) return new ServiceError(known.code, known.message ?? message ?? known.code, { cause: error });
  // The JSON parser's own errors come without a code of Fastify's.
  if (error instanceof SyntaxError && statusCode === 400)
    return new ServiceError("malformed-json", `The body is no valid JSON: ${message}.`, { cause: error });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new ServiceError("invalid-request", message ?? "The request cannot be read.", { cause: error });
  return new ServiceError("internal", "The service failed at this request; its log says more.", {
    cause: error,
  });
}
