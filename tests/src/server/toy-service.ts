/** A service of toys in this process, without a port. */
import { onTestFinished } from "vitest";
import { buildService, type Service, type ServiceSettingsSpec } from "../../../src/server/index.ts";
import { createToy, type Toy } from "./toy-model.ts";

export interface ToyServiceOptions extends ServiceSettingsSpec {
  readonly toys?: readonly Toy[];
  readonly course?: string;
}

export const ALL_TASKS = ["classify", "label", "translate", "generate"] as const;

/** Stopped after the test. */
export async function buildToyService({
  toys = ALL_TASKS.map((task) => createToy({ task })),
  ...options
}: ToyServiceOptions = {}): Promise<Service & { readonly log: () => string }> {
  const lines: string[] = [];
  const log = { write: (line: string) => lines.push(line) };
  const service = await buildService({
    rateLimit: 0,
    ...options,
    sources: toys,
    log: log as unknown as NodeJS.WritableStream & import("node:stream").Writable,
  });
  onTestFinished(() => service.stop());
  await service.shelf.load();
  return { ...service, log: () => lines.join("") };
}

export function post(service: Service, path: string, payload: unknown) {
  return service.app.inject({
    method: "POST",
    url: path,
    headers: { "content-type": "application/json" },
    payload: typeof payload === "string" ? payload : JSON.stringify(payload),
  });
}
