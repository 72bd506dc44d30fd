/**
 * The kernel in a browser's worker. The boot worker (public/kernel/sandbox.html) imports this bundle from the bytes that
 * the page gave it and calls `start` with the port to the page.
 */
import { immediate } from "./worker-globals.ts";
import type { BackendName, ToKernel } from "../protocol.ts";
import { createHost } from "./host.ts";

export interface WorkerOptions {
  readonly port: MessagePort;
  readonly backend: BackendName | "auto";
}

export function start({ port, backend }: WorkerOptions): void {
  const host = createHost({
    send: (message) => port.postMessage(message),
    backend,
    immediate,
    async importBundle(bundle, request) {
      const bytes = (await request({ kind: "bundle", name: bundle })) as ArrayBuffer;
      const url = URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));
      try {
        return await import(/* @vite-ignore */ url);
      } finally {
        URL.revokeObjectURL(url);
      }
    },
  });
  // Of a promise that a cell does not await, or of a timer that is not the kernel's.
  globalThis.addEventListener("unhandledrejection", (event) => {
    if (host.report((event as PromiseRejectionEvent).reason)) event.preventDefault();
  });
  globalThis.addEventListener("error", (event) => {
    if (host.report((event as ErrorEvent).error)) event.preventDefault();
  });
  port.onmessage = ({ data }: MessageEvent<ToKernel>) => host.receive(data);
}
