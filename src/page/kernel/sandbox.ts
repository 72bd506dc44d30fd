/** The hidden frame in which a kernel's worker lives: public/kernel/sandbox.html, with an origin of its own. */
import type { BackendName } from "../../../kernels/runtime/protocol.ts";

export interface Sandbox {
  /** Ends the worker, whatever it is doing, and takes the frame away. */
  remove(): void;
}

export interface SandboxOptions {
  /** Where sandbox.html is served. */
  readonly url: string;
  /** The kernel's core bundle. */
  readonly code: ArrayBuffer;
  readonly backend: BackendName | "auto";
  /** The kernel's end of the channel. */
  readonly port: MessagePort;
  readonly onFailure: (error: Error) => void;
}

/** Milliseconds in which the frame must have loaded. */
const PATIENCE = 20_000;

/** Resolves when the worker has been started; what it says then comes through the port. */
export function createSandbox({ url, code, backend, port, onFailure }: SandboxOptions): Promise<Sandbox> {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.allow = "cross-origin-isolated";
  frame.hidden = true;
  frame.title = "Gongbu kernel";
  frame.src = url;

  return new Promise((resolve, reject) => {
    const late = setTimeout(() => fail(new Error(`The kernel's frame did not load from ${url}.`)), PATIENCE);

    function fail(error: Error): void {
      remove();
      reject(error);
    }

    function remove(): void {
      clearTimeout(late);
      window.removeEventListener("message", hear);
      frame.contentWindow?.postMessage({ type: "terminate" }, "*");
      frame.remove();
    }

    function hear({ source, data }: MessageEvent<{ type?: string; message?: string }>): void {
      if (source !== frame.contentWindow) return;
      if (data.type === "worker-failed") onFailure(new Error(data.message));
      if (data.type !== "sandbox-ready") return;
      clearTimeout(late);
      // The frame's origin is opaque, so it cannot be named; the frame itself can.
      frame.contentWindow?.postMessage({ type: "start", code, backend }, "*", [port]);
      resolve({ remove });
    }

    window.addEventListener("message", hear);
    document.body.append(frame);
  });
}
