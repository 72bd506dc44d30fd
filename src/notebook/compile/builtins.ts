/** Names that the kernel gives to every cell; no cell declares them. */
export const kernelBuiltins = [
  "display",
  "view",
  "text",
  "Inputs",
  "invalidation",
  "signal",
  "Promises",
  "Generators",
  "now",
  "fetch",
  "console",
  "scheduler",
] as const;

/**
 * What a worker has of its own, beyond the names that Notebook Kit already leaves out of a cell's inputs
 * (Math, Map, console, setTimeout and the like).
 */
export const workerGlobals = [
  "AbortController",
  "AbortSignal",
  "AggregateError",
  "Atomics",
  "BigInt64Array",
  "BigUint64Array",
  "BroadcastChannel",
  "ByteLengthQueuingStrategy",
  "CompressionStream",
  "CountQueuingStrategy",
  "CryptoKey",
  "DOMException",
  "DecompressionStream",
  "EvalError",
  "Event",
  "EventSource",
  "EventTarget",
  "FinalizationRegistry",
  "Float16Array",
  "FormData",
  "ImageBitmap",
  "Iterator",
  "MessageChannel",
  "MessageEvent",
  "MessagePort",
  "OffscreenCanvas",
  "PerformanceObserver",
  "ReadableStream",
  "Request",
  "Response",
  "SharedArrayBuffer",
  "SubtleCrypto",
  "TextDecoderStream",
  "TextEncoderStream",
  "TransformStream",
  "URLSearchParams",
  "WeakRef",
  "WebAssembly",
  "WritableStream",
  "XMLHttpRequest",
  "caches",
  "createImageBitmap",
  "crossOriginIsolated",
  "globalThis",
  "importScripts",
  "indexedDB",
  "isSecureContext",
  "location",
  "origin",
  "postMessage",
  "queueMicrotask",
  "reportError",
  "self",
  "structuredClone",
] as const;

/** Names of a page's own JavaScript that a learner may reach for; the kernel is a worker and has none of them. */
export const pageOnlyNames = [
  "alert",
  "confirm",
  "cookieStore",
  "frames",
  "history",
  "localStorage",
  "opener",
  "parent",
  "prompt",
  "screen",
  "sessionStorage",
  "top",
] as const;

const builtins: ReadonlySet<string> = new Set([...kernelBuiltins, ...workerGlobals]);
const reserved: ReadonlySet<string> = new Set(kernelBuiltins);
const pageOnly: ReadonlySet<string> = new Set(pageOnlyNames);

/** Whether a cell can read the name without any cell declaring it. */
export function isBuiltin(name: string): boolean {
  return builtins.has(name);
}

/** Whether the name is the kernel's, so that a cell may not declare it. */
export function isReserved(name: string): boolean {
  return reserved.has(name);
}

export function isPageOnly(name: string): boolean {
  return pageOnly.has(name);
}
