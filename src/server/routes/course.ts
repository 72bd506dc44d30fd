/** The built course, beside the service: one process is the whole thing. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** As in vite.config.ts: with these a page is isolated, and its kernel may use threads. */
const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
} as const;

/** Whether there is a built course in this folder. */
export function hasCourse(directory: string): boolean {
  return existsSync(join(directory, "index.html"));
}

export async function addCourse(app: FastifyInstance, directory: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: directory,
    redirect: true,
    dotfiles: "ignore",
    cacheControl: false,
    setHeaders(response, path) {
      for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setHeader("Referrer-Policy", "no-referrer");
      // What the build names by its content never changes.
      const hashed = /[/\\]assets[/\\][^/\\]+-[\w-]{8,}\.\w+$/.test(path);
      response.setHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
}
