/** Starts a kernel in a worker thread of Node, and answers what it asks for from the disk. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { KernelError, toPlainError } from "../errors.ts";
import type {
  BackendName,
  FetchedResponse,
  FromKernel,
  KernelRequest,
  Result,
  ToKernel,
} from "../protocol.ts";

export interface NodeKernelOptions {
  /** The folder whose files a cell's `fetch` may read: the one in which the lecture lies. */
  readonly directory: string;
  readonly backend?: BackendName | "auto";
  readonly onMessage: (message: FromKernel) => void;
  readonly onFailure: (error: Error) => void;
}

export interface NodeKernel {
  send(message: ToKernel): void;
  terminate(): Promise<void>;
}

/** The caller ends the thread with `terminate`. */
export function startNodeKernel({
  directory,
  backend = "auto",
  onMessage,
  onFailure,
}: NodeKernelOptions): NodeKernel {
  const require = createRequire(import.meta.url);
  const wasmDirectory = dirname(require.resolve("@tensorflow/tfjs-backend-wasm"));
  const worker = new Worker(new URL("./node-worker-boot.mjs", import.meta.url), { workerData: { backend } });

  async function answer(what: KernelRequest): Promise<unknown> {
    switch (what.kind) {
      case "asset":
        return toArrayBuffer(await readFile(join(wasmDirectory, what.name)));
      case "fetch":
        return readCourseFile(directory, what.url);
      case "bundle":
        throw new Error("In Node the kernel imports its bundles itself.");
      default:
        return what satisfies never;
    }
  }

  async function reply(id: number, what: KernelRequest): Promise<void> {
    let result: Result;
    try {
      result = { ok: true, value: await answer(what) };
    } catch (error) {
      result = { ok: false, error: toPlainError(error, () => undefined) };
    }
    worker.postMessage({ type: "reply", id, result } satisfies ToKernel);
  }

  worker.on("message", (message: FromKernel) => {
    if (message.type === "request") void reply(message.id, message.what);
    else onMessage(message);
  });
  worker.on("error", onFailure);
  return {
    send: (message) => worker.postMessage(message),
    async terminate() {
      await worker.terminate();
    },
  };
}

async function readCourseFile(directory: string, url: string): Promise<FetchedResponse> {
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) {
    throw new KernelError("host-not-allowed", {
      en: `fetch: ${url} lies outside the course. In the terminal a cell reads the files beside its lecture.`,
      ko: `fetch: ${url} 주소는 강의 바깥에 있습니다. 터미널에서 셀은 강의 파일 옆의 파일만 읽을 수 있습니다.`,
    });
  }
  const path = resolve(directory, decodeURIComponent(url.replace(/[?#].*$/, "")));
  if (relative(directory, path).startsWith("..")) {
    throw new KernelError("host-not-allowed", {
      en: `fetch: ${url} lies above the lecture's folder, which is the highest that a cell reads.`,
      ko: `fetch: ${url} 경로는 강의 폴더보다 위에 있습니다. 셀은 강의 폴더 안의 파일만 읽을 수 있습니다.`,
    });
  }
  try {
    return { url, status: 200, statusText: "OK", headers: [], body: toArrayBuffer(await readFile(path)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return { url, status: 404, statusText: "Not Found", headers: [], body: new ArrayBuffer(0) };
  }
}

function toArrayBuffer(bytes: Buffer): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
