/** A kernel for a lecture: its sandbox, the port to it, and the page's answers to what it asks for. */
import type {
  BackendName,
  FromKernel,
  KernelRequest,
  Result,
  ToKernel,
} from "../../../kernels/runtime/protocol.ts";
import { answerFetch, HUB_HOSTS } from "./fetching.ts";
import type { ShelfRequest } from "../shelf/shelf.ts";
import { createKernelFiles, type KernelFiles } from "./files.ts";
import { createSandbox } from "./sandbox.ts";

export interface KernelConnection {
  send(message: ToKernel): void;
  /** Ends the kernel at once, whatever it is doing. Nothing of it is heard afterwards. */
  terminate(): void;
}

export interface KernelOptions {
  /** The site's root, absolute or from the host's root, with a slash at its end. */
  readonly base: string;
  readonly backend: BackendName | "auto";
  /** Hosts that the reader has allowed by name, asked for at each request. Default none. */
  readonly getAllowedHosts?: () => readonly string[];
  /** The reader's models, for cells that save and load them. */
  readonly answerShelf: (what: ShelfRequest) => Promise<unknown>;
  /** A cell was refused a host that the reader may allow. */
  readonly onHostRefused?: (host: string) => void;
  readonly onMessage: (message: FromKernel) => void;
  /** The kernel could not start, or died. */
  readonly onFailure: (error: Error) => void;
}

type BootFailure = { readonly type: "boot-failed"; readonly message: string };

const filesOf = new Map<string, KernelFiles>();

/** Starts a kernel. Its files are downloaded once for the page, however often it is started. */
export async function startKernel(options: KernelOptions): Promise<KernelConnection> {
  const { backend, getAllowedHosts = () => [], answerShelf, onHostRefused, onMessage, onFailure } = options;
  const base = new URL(options.base, location.href).href;
  const files = filesOf.get(base) ?? createKernelFiles(base);
  filesOf.set(base, files);
  const { port1: port, port2: kernelPort } = new MessageChannel();

  async function answer(what: KernelRequest): Promise<Result> {
    try {
      if (what.kind === "bundle") return { ok: true, value: await files.bundle(what.name) };
      if (what.kind === "asset") return { ok: true, value: await files.asset(what.name) };
      if (what.kind !== "fetch") return { ok: true, value: await answerShelf(what) };
      const answer = await answerFetch(what, { base, hosts: HUB_HOSTS, allowed: getAllowedHosts() });
      if (!("code" in answer)) return { ok: true, value: answer };
      const { code, text, host } = answer;
      if (host !== undefined) onHostRefused?.(host);
      return { ok: false, error: { name: "FetchError", code, text } };
    } catch (error) {
      return {
        ok: false,
        error: { name: "FetchError", text: error instanceof Error ? error.message : String(error) },
      };
    }
  }

  port.onmessage = ({ data }: MessageEvent<FromKernel | BootFailure>) => {
    if (data.type === "boot-failed") return onFailure(new Error(data.message));
    if (data.type !== "request") return onMessage(data);
    const { id, what } = data;
    void answer(what).then((result) => port.postMessage({ type: "reply", id, result } satisfies ToKernel));
  };
  const sandbox = await createSandbox({
    url: `${base}kernel/sandbox.html`,
    code: await files.bundle("core"),
    backend,
    port: kernelPort,
    onFailure,
  });
  return {
    send: (message) => port.postMessage(message),
    terminate() {
      port.onmessage = null;
      port.close();
      sandbox.remove();
    },
  };
}
