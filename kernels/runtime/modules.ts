/** What a cell can import, and the bundle of the kernel's code in which each module comes. */
import { KernelError } from "./errors.ts";

export type ModuleNamespace = Readonly<Record<string, unknown>>;
export type ModuleTable = Readonly<Record<string, ModuleNamespace>>;

export type BundleName = "core" | "language" | "tensor" | "transformers";

/** Module specifier → bundle. Bundles are few and whole: a module is in exactly one. */
export const bundleOf: Readonly<Record<string, BundleName>> = {
  "gongbu/display": "core",
  "gongbu/text": "language",
  "gongbu/data": "language",
  "gongbu/metrics": "language",
  "gongbu/decode": "language",
  "@observablehq/inputs": "core",
  "gongbu/nn": "tensor",
  "gongbu/train": "tensor",
  "gongbu/onnx": "tensor",
  "gongbu/shelf": "tensor",
  "@tensorflow/tfjs": "tensor",
  "@xenova/transformers": "transformers",
};

const ASSET_SCHEME = "gongbu-asset:";

/** Under which the host's `fetch` gives a file that a bundle needs, a wasm file for instance. */
export function assetUrl(name: string): string {
  return ASSET_SCHEME + name;
}

/** The name of the file, if the URL is one of `assetUrl`'s. */
export function maybeAssetName(url: string): string | undefined {
  return url.startsWith(ASSET_SCHEME) ? url.slice(ASSET_SCHEME.length) : undefined;
}

export interface ModuleRegistry {
  /** The module's namespace; its bundle is loaded on first need, once. */
  load(module: string): Promise<ModuleNamespace>;
}

export interface ModuleRegistryOptions {
  /** Loads a whole bundle: the modules in it by specifier. */
  readonly loadBundle: (bundle: BundleName) => Promise<ModuleTable>;
}

export function createModuleRegistry({ loadBundle }: ModuleRegistryOptions): ModuleRegistry {
  const bundles = new Map<BundleName, Promise<ModuleTable>>();
  return {
    async load(module) {
      const name = Object.hasOwn(bundleOf, module) ? bundleOf[module] : undefined;
      if (!name) throw unknownModule(module);
      let bundle = bundles.get(name);
      if (!bundle) {
        bundle = loadBundle(name);
        bundles.set(name, bundle);
        // A failed download may be tried again.
        bundle.catch(() => bundles.delete(name));
      }
      const table = await bundle;
      if (!Object.hasOwn(table, module)) throw unknownModule(module);
      return table[module];
    },
  };
}

function unknownModule(module: string): KernelError {
  const known = Object.keys(bundleOf).join(", ");
  return new KernelError("unknown-import", {
    en: `There is no module "${module}" in the notebook. A cell can import: ${known}.`,
    ko: `노트북에 "${module}" 모듈이 없습니다. 셀에서 가져올 수 있는 모듈: ${known}.`,
  });
}
