/** What the hosts share: a kernel wired to whoever started it, whose requests are numbered and answered. */
import { modules as coreModules } from "../bundles/core.ts";
import type * as TensorBundle from "../bundles/tensor.ts";
import { fromPlainError, toPlainError } from "../errors.ts";
import { createKernel } from "../kernel.ts";
import { createModuleRegistry, maybeAssetName, type BundleName, type ModuleTable } from "../modules.ts";
import type {
  BackendName,
  FetchedResponse,
  FromKernel,
  KernelRequest,
  MeasuredTraining,
  Result,
  ToKernel,
} from "../protocol.ts";
import { answerShelf, isShelfUrl } from "../shelf/address.ts";
import { createTensorLedger } from "../tensors.ts";

export interface HostOptions {
  readonly send: (message: FromKernel) => void;
  readonly backend: BackendName | "auto";
  /** Imports a bundle of the kernel's other than the core. */
  readonly importBundle: (bundle: Exclude<BundleName, "core">, request: HostRequest) => Promise<unknown>;
  /** Runs a callback in a macrotask that comes as soon as it can. */
  readonly immediate: (callback: () => void) => void;
}

export type HostRequest = (what: KernelRequest) => Promise<unknown>;

export interface Host {
  receive(message: ToKernel): void;
  /** Shows an error that nobody caught under the cell that it comes from. False if it comes from no cell. */
  report(error: unknown): boolean;
}

/** Creates the kernel and gives this global scope the `fetch` and `scheduler` that library code finds. */
export function createHost({ send, backend, importBundle, immediate }: HostOptions): Host {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const ledger = createTensorLedger();
  let requests = 0;

  const request: HostRequest = (what) =>
    new Promise((resolve, reject) => {
      const id = ++requests;
      waiting.set(id, { resolve, reject });
      send({ type: "request", id, what });
    });

  async function loadBundle(bundle: BundleName): Promise<ModuleTable> {
    if (bundle === "core") return coreModules;
    const loaded = (await importBundle(bundle, request)) as { modules: ModuleTable };
    if (bundle === "tensor") {
      const tensor = loaded as typeof TensorBundle;
      const report = await tensor.startBackend(backend);
      ledger.attach(tensor.engine);
      send({ type: "backend", ...report });
    }
    return loaded.modules;
  }

  async function kernelFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    signal?.throwIfAborted();
    return signal ? Promise.race([ask(input, init), rejectWhen(signal)]) : ask(input, init);
  }

  async function ask(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { url, method, headers, body } = await describeRequest(input, init);
    const asset = maybeAssetName(url);
    if (asset !== undefined)
      return new Response((await request({ kind: "asset", name: asset })) as ArrayBuffer);
    if (isShelfUrl(url)) return answerShelf({ url, method, headers, body }, request);
    const answer = (await request({ kind: "fetch", url, method, headers, body })) as FetchedResponse;
    const { status, statusText } = answer;
    const bodyless = status === 204 || status === 205 || status === 304;
    const response = new Response(bodyless ? null : answer.body, {
      status,
      statusText,
      headers: [...answer.headers] as [string, string][],
    });
    Object.defineProperty(response, "url", { value: answer.url });
    return response;
  }

  function take(id: number, result: Result): void {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (result.ok) asked?.resolve(result.value);
    else asked?.reject(fromPlainError(result.error));
  }

  async function measure(id: number): Promise<void> {
    let result: Result;
    try {
      const tensor = (await importBundle("tensor", request)) as typeof TensorBundle;
      const { name } = await tensor.startBackend(backend);
      result = {
        ok: true,
        value: { backend: name, ms: await tensor.measureTraining() } satisfies MeasuredTraining,
      };
    } catch (error) {
      result = { ok: false, error: toPlainError(error, () => undefined) };
    }
    send({ type: "reply", id, result });
  }

  function receive(message: ToKernel): void {
    if (message.type === "reply") take(message.id, message.result);
    else if (message.type === "measure") void measure(message.id);
    else kernel.receive(message);
  }

  const kernel = createKernel({
    send,
    modules: createModuleRegistry({ loadBundle }),
    ledger,
    later: (callback, ms) => (ms <= 0 ? immediate(callback) : setTimeout(callback, ms)),
    now: () => performance.now(),
    fetch: kernelFetch,
  });
  Object.defineProperty(globalThis, "fetch", { value: kernelFetch, writable: true, configurable: true });
  Object.defineProperty(globalThis, "scheduler", {
    value: { yield: () => kernel.breathe() },
    writable: true,
    configurable: true,
  });
  send({ type: "ready" });
  return {
    report: kernel.report,
    receive,
  };
}

/** A request as data. A relative URL stays relative: the page knows what it is relative to. */
async function describeRequest(input: RequestInfo | URL, init: RequestInit = {}) {
  const given = input instanceof Request ? input : undefined;
  const url = given ? given.url : String(input);
  const method = (init.method ?? given?.method ?? "GET").toUpperCase();
  const headers = new Headers(init.headers ?? given?.headers);
  const content =
    init.body ?? (given && method !== "GET" && method !== "HEAD" ? await given.arrayBuffer() : undefined);
  if (content === undefined || content === null) return { url, method, headers: [...headers] };
  // A Response knows how each kind of body is sent, and under which type.
  const sent = new Response(content);
  const type = sent.headers.get("content-type");
  if (type !== null && !headers.has("content-type")) headers.set("content-type", type);
  return { url, method, headers: [...headers], body: await sent.arrayBuffer() };
}

function rejectWhen(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}
