/** Builds the kernel's bundles: each a single file that imports nothing, for the page to hand over as bytes. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { build, type Alias, type Plugin } from "vite";
import { BUILDS, type BuildName } from "../../../kernels/simd/builds.ts";
import { compileSimd } from "../../../kernels/simd/compile.ts";

export interface KernelFile {
  /** Path from the site's root. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface KernelBuild {
  readonly bundles: Readonly<Record<string, string>>;
  readonly assets: Readonly<Record<string, string>>;
  readonly files: readonly KernelFile[];
}

/** Bundle name → entry, from the project's root. */
const ENTRIES: Readonly<Record<string, string>> = {
  core: "kernels/runtime/hosts/worker.ts",
  language: "kernels/runtime/bundles/language.ts",
  tensor: "kernels/runtime/bundles/tensor.ts",
  transformers: "kernels/runtime/bundles/transformers.ts",
};

/** Wasm files that the bundles ask for, by the package in whose main file's folder they lie. */
const ASSETS: Readonly<Record<string, readonly string[]>> = {
  "@tensorflow/tfjs-backend-wasm": [
    "tfjs-backend-wasm.wasm",
    "tfjs-backend-wasm-simd.wasm",
    "tfjs-backend-wasm-threaded-simd.wasm",
  ],
  "onnxruntime-web": ["ort-wasm-simd-threaded.wasm"],
};

export async function buildKernel(root: string): Promise<KernelBuild> {
  const files: KernelFile[] = [];
  const bundles: Record<string, string> = {};
  const assets: Record<string, string> = {};
  const keep = (table: Record<string, string>, name: string, bytes: Uint8Array) => {
    const path = `kernel/${hashedName(name.includes(".") ? name : `${name}.js`, bytes)}`;
    table[name] = path;
    files.push({ path, bytes });
  };
  for (const [name, entry] of Object.entries(ENTRIES)) {
    keep(bundles, name, new TextEncoder().encode(await buildBundle(root, entry)));
  }
  const { resolve } = createRequire(join(root, "package.json"));
  for (const [owner, names] of Object.entries(ASSETS)) {
    for (const name of names) keep(assets, name, await readFile(join(dirname(resolve(owner)), name)));
  }
  for (const name of Object.keys(BUILDS) as BuildName[]) keep(assets, name, await compileSimd(name));
  return { bundles, assets, files };
}

/** A file's name with a digest of what is in it, so that it may be cached for good. */
export function hashedName(name: string, content: Uint8Array | string): string {
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 10);
  return basename(name).replace(/(\.\w+)$/, `-${digest}$1`);
}

export interface BuildBundleOptions {
  /** "iife" runs as a plain script. Default "es". */
  readonly format?: "es" | "iife";
  /** Where specifiers such as "gongbu/nn" are found. Default: nowhere; the kernel's own code imports by path. */
  readonly alias?: Alias[];
}

/** One entry, by its path from the root, as one file that imports nothing. */
export async function buildBundle(
  root: string,
  entry: string,
  { format = "es", alias = [] }: BuildBundleOptions = {},
): Promise<string> {
  const result = await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: "warn",
    resolve: { alias },
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [threadedGlueAsItIs(), plainOnnxRuntime()],
    build: {
      write: false,
      target: "es2023",
      minify: true,
      lib: { entry: join(root, entry), formats: [format], name: "gongbu", fileName: "bundle" },
      rolldownOptions: { output: { codeSplitting: false, keepNames: true } },
    },
  });
  const [{ output }] = result as { output: { type: string; fileName: string; code?: string }[] }[];
  const chunks = output.filter(({ type }) => type === "chunk");
  if (chunks.length !== 1) {
    throw new Error(
      `${entry} must build to one file, but gave ${output.map(({ fileName }) => fileName).join(", ")}.`,
    );
  }
  return chunks[0].code!;
}

/**
 * TensorFlow.js starts its threads from the source text of this Emscripten module (`factory.toString()`): a minified one
 * refers to names outside itself that a thread does not have. So it travels as a string and is evaluated as it was.
 */
function threadedGlueAsItIs(): Plugin {
  const name = "WasmBackendModuleThreadedSimd";
  return {
    name: "gongbu-threaded-glue",
    enforce: "pre",
    async load(id) {
      if (!id.endsWith("wasm-out/tfjs-backend-wasm-threaded-simd.js")) return undefined;
      const source = await readFile(id, "utf8");
      return `const factory = new Function(${JSON.stringify(`${source}\nreturn ${name};`)})();\nexport default factory;`;
    },
  };
}

/**
 * Transformers.js asks for ONNX Runtime's WebGPU build, whose wasm files are 24 to 28 MB; the plain one has 14. And none
 * of them is to be written into the bundle, which the bundler does with what is found from `import.meta.url`: a bundle
 * that is imported from bytes has no such place.
 */
function plainOnnxRuntime(): Plugin {
  return {
    name: "gongbu-plain-onnx-runtime",
    enforce: "pre",
    resolveId(id, importer) {
      return id === "onnxruntime-web/webgpu" ? this.resolve("onnxruntime-web/wasm", importer) : undefined;
    },
    transform(code, id) {
      if (!/\/(onnxruntime-web|@xenova\/transformers)\/dist\//.test(id)) return undefined;
      return { code: code.replaceAll("import.meta.url", '""'), map: null };
    },
  };
}
