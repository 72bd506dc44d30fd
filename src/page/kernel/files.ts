/** Bytes for the kernel: fetched by the page once, kept, and handed over as copies. An interrupt downloads nothing. */
import { assets, bundles } from "virtual:gongbu/kernel";

export interface KernelFiles {
  /** A bundle of the kernel's code by name. */
  bundle(name: string): Promise<ArrayBuffer>;
  /** A wasm file by the name that its library gives it. */
  asset(name: string): Promise<ArrayBuffer>;
}

/** `base`: the site's root, with a slash at its end. */
export function createKernelFiles(base: string): KernelFiles {
  const kept = new Map<string, Promise<ArrayBuffer>>();

  function load(table: Readonly<Record<string, string>>, name: string): Promise<ArrayBuffer> {
    if (!Object.hasOwn(table, name)) {
      return Promise.reject(new Error(`The kernel asked for "${name}", which this site does not have.`));
    }
    const url = base + table[name];
    let bytes = kept.get(url);
    if (!bytes) {
      bytes = download(url);
      kept.set(url, bytes);
      // A failed download may be tried again.
      bytes.catch(() => kept.delete(url));
    }
    return bytes;
  }

  return {
    bundle: (name) => load(bundles, name),
    asset: (name) => load(assets, name),
  };
}

async function download(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url, { credentials: "omit" });
  if (!response.ok) throw new Error(`${url} could not be loaded: ${response.status} ${response.statusText}.`);
  return response.arrayBuffer();
}
