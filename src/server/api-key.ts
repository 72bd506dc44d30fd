/** Whether a request brings one of the service's keys. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { ServiceError } from "./service-error.ts";

export interface KeyRing {
  /** The number of the key that the request brings; undefined where it brings none that is known. */
  find(headers: IncomingHttpHeaders): number | undefined;
  check(headers: IncomingHttpHeaders): void;
}

export function createKeyRing(keys: readonly string[]): KeyRing {
  const digests = keys.map(digest);

  function find(headers: IncomingHttpHeaders): number | undefined {
    const given = readKey(headers);
    if (given === undefined) return undefined;
    const own = digest(given);
    // Digests have one length, and all keys are compared: how long it takes tells nothing of the right ones.
    let found: number | undefined;
    digests.forEach((known, index) => {
      if (timingSafeEqual(known, own)) found = index;
    });
    return found;
  }

  return {
    find,
    check(headers) {
      if (digests.length === 0 || find(headers) !== undefined) return;
      throw new ServiceError(
        "unauthorized",
        "This service wants an API key: send `Authorization: Bearer KEY` or `X-API-Key: KEY`.",
      );
    },
  };
}

function readKey({ authorization, ...headers }: IncomingHttpHeaders): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
  const own = headers["x-api-key"];
  return bearer ?? (typeof own === "string" ? own : undefined);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
