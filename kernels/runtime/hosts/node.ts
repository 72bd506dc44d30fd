/** Starts a kernel in a worker thread of Node, and answers what it asks for from the disk. */
import { readFile, realpath } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { BUILDS, type BuildName } from "../../simd/builds.ts";
import { compileSimd } from "../../simd/compile.ts";
import { allowRelaxedSimd } from "../../simd/node-relaxed-simd.ts";
import { createMemoryModels, type NodeModels } from "./node-models.ts";
import { KernelError, toPlainError } from "../errors.ts";
import { MADE_FILES } from "./made-files.ts";
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
  /** Hosts that a cell's `fetch` may ask, with their ports where they have one: "localhost:8080". Default none. */
  readonly hosts?: readonly string[];
  /** Where cells keep models and find them. Default: in memory, as long as the kernel lives. */
  readonly models?: NodeModels;
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
  hosts = [],
  models = createMemoryModels(),
  onMessage,
  onFailure,
}: NodeKernelOptions): NodeKernel {
  const require = createRequire(import.meta.url);
  const wasmDirectory = dirname(require.resolve("@tensorflow/tfjs-backend-wasm"));
  allowRelaxedSimd();
  const worker = new Worker(new URL("./node-worker-boot.mjs", import.meta.url), { workerData: { backend } });

  async function answer(what: KernelRequest): Promise<unknown> {
    switch (what.kind) {
      case "asset":
        if (Object.hasOwn(BUILDS, what.name)) return (await compileSimd(what.name as BuildName)).buffer;
        return toArrayBuffer(await readFile(join(wasmDirectory, what.name)));
      case "fetch":
        return maybeAllowed(what, hosts) ? askHost(what) : readCourseFile(directory, what);
      case "save-model":
        return models.save(what.about, new Uint8Array(what.zip));
      case "load-model":
        return models.load(what.name);
      case "list-models":
        return models.list();
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

/** What the site has at its root beside the course's data: the models that the course ships. */
const SHIPPED = fileURLToPath(new URL("../../../public/", import.meta.url));

type FetchRequest = Extract<KernelRequest, { kind: "fetch" }>;

function maybeAllowed({ url }: FetchRequest, hosts: readonly string[]): URL | undefined {
  const asked = URL.canParse(url) ? new URL(url) : undefined;
  return asked && /^https?:$/.test(asked.protocol) && hosts.includes(asked.host) ? asked : undefined;
}

async function askHost({ url, method, headers, body }: FetchRequest): Promise<FetchedResponse> {
  const reads = method === "GET" || method === "HEAD";
  const response = await fetch(url, {
    method,
    headers: headers as [string, string][],
    // An allowed host does not allow the one that it sends on to.
    redirect: "error",
    ...(!reads && { body }),
  }).catch((cause: unknown) => {
    throw unanswered(new URL(url), cause);
  });
  return {
    url: response.url,
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    body: await response.arrayBuffer(),
  };
}

function unanswered({ host, pathname }: URL, cause: unknown): KernelError {
  const text = {
    en: `fetch: ${host} gave no answer for ${pathname}. There is no network, or nothing answers there, or it sends on to another address.`,
    ko: `fetch: ${host}에서 ${pathname}에 대한 응답이 없습니다. 네트워크가 끊겼거나, 그곳에서 아무것도 응답하지 않거나, 다른 주소로 넘기는 것입니다.`,
  };
  return new KernelError("missing-file", text, { cause });
}

async function readCourseFile(directory: string, { url, method }: FetchRequest): Promise<FetchedResponse> {
  if (method !== "GET" && method !== "HEAD") {
    throw new KernelError("method-not-allowed", {
      en: `fetch: a cell may read (GET, HEAD), not ${method}.`,
      ko: `fetch: 셀은 읽기(GET, HEAD)만 할 수 있고 ${method} 요청은 보낼 수 없습니다.`,
    });
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) {
    throw new KernelError("host-not-allowed", {
      en: `fetch: ${url} lies outside the course. In the terminal a cell reads the files beside its lecture, and the hosts that --allow names.`,
      ko: `fetch: ${url} 주소는 강의 바깥에 있습니다. 터미널에서 셀은 강의 파일 옆의 파일과 --allow로 허용한 호스트만 읽을 수 있습니다.`,
    });
  }
  const path = resolve(directory, decodePath(url));
  if (!isInside(directory, path)) throw aboveTheLecture(url);
  try {
    // A link in the folder may lead out of it.
    if (!isInside(await realpath(directory), await realpath(path))) throw aboveTheLecture(url);
    const body = method === "HEAD" ? new ArrayBuffer(0) : toArrayBuffer(await readFile(path));
    return { url, status: 200, statusText: "OK", headers: [], body };
  } catch (error) {
    if (!NO_FILE.has((error as NodeJS.ErrnoException).code)) throw error;
    const place = relative(directory, path).replaceAll(sep, "/");
    if (place.startsWith("models/")) {
      const shipped = await readFile(join(SHIPPED, place)).catch(() => undefined);
      const body = toArrayBuffer(shipped && method !== "HEAD" ? shipped : Buffer.alloc(0));
      if (shipped) return { url, status: 200, statusText: "OK", headers: [], body };
    }
    const make = MADE_FILES.get(place);
    if (make) {
      const body = toArrayBuffer(Buffer.from(method === "HEAD" ? "" : await make()));
      return { url, status: 200, statusText: "OK", headers: [], body };
    }
    return { url, status: 404, statusText: "Not Found", headers: [], body: new ArrayBuffer(0) };
  }
}

/** What a web server answers with 404: there is nothing, or a folder. */
const NO_FILE: ReadonlySet<string | undefined> = new Set(["ENOENT", "ENOTDIR", "EISDIR"]);

function isInside(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** A URL's path as a file's; what is no valid encoding stands for itself. */
function decodePath(url: string): string {
  const path = url.replace(/[?#].*$/, "");
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) =>
    Buffer.from(encoded.replaceAll("%", ""), "hex").toString(),
  );
}

function aboveTheLecture(url: string): KernelError {
  return new KernelError("host-not-allowed", {
    en: `fetch: ${url} lies above the lecture's folder, which is the highest that a cell reads.`,
    ko: `fetch: ${url} 경로는 강의 폴더보다 위에 있습니다. 셀은 강의 폴더 안의 파일만 읽을 수 있습니다.`,
  });
}

function toArrayBuffer(bytes: Buffer): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
