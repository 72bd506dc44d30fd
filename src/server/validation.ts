/** What is wrong with a request that does not fit its schema, in words for the one who wrote it. */
import type { FastifySchemaValidationError } from "fastify/types/schema.js";
import { ServiceError, type ServiceErrorCode } from "./service-error.ts";

const TEXT_LIMITS: Readonly<Record<string, ServiceErrorCode>> = {
  maxLength: "text-too-long",
  maxItems: "too-many-texts",
};

/** Of all errors the one that says most: the deepest, and not that "none of the alternatives fits". */
export function toValidationError(
  errors: readonly FastifySchemaValidationError[],
  where: string,
): ServiceError {
  const told = errors.filter(({ keyword }) => keyword !== "anyOf" && keyword !== "oneOf");
  const depth = ({ instancePath, keyword }: FastifySchemaValidationError) =>
    instancePath.split("/").length * 2 - Number(keyword === "type");
  const error = [...(told.length > 0 ? told : errors)].sort((a, b) => depth(b) - depth(a))[0];
  const limit = error.instancePath.startsWith("/text") ? TEXT_LIMITS[error.keyword] : undefined;
  const kinds = told.filter((other) => other.keyword === "type" && other.instancePath === error.instancePath);
  const place = `${where}${error.instancePath}`.slice(0, 200);
  return new ServiceError(limit ?? "invalid-request", `${place} ${describe(error, kinds)}.`);
}

function describe(
  { keyword, params, message }: FastifySchemaValidationError,
  kinds: readonly FastifySchemaValidationError[],
): string {
  const given = params as Record<string, unknown>;
  if (keyword === "additionalProperties")
    return `has no field ${JSON.stringify(String(given.additionalProperty).slice(0, 100))}`;
  if (keyword === "type" && kinds.length > 1)
    return `must be ${kinds.map((kind) => String((kind.params as { type: string }).type)).join(" or ")}`;
  if (keyword === "enum" || keyword === "const") return `${message}: ${JSON.stringify(params)}`;
  return message ?? "does not fit";
}

/** Half of a surrogate pair is no character: there is no way to encode it, and offsets would mean nothing. */
export function checkWellFormed(texts: readonly string[]): void {
  const at = texts.findIndex((text) => !isWellFormed(text));
  if (at === -1) return;
  throw new ServiceError(
    "malformed-text",
    `Text number ${at} holds half of a surrogate pair (\\ud800 to \\udfff alone), which is no character.`,
  );
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
