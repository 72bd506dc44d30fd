/** Builds the kernel's bundles: each a single file that imports nothing, for the page to hand over as bytes. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { build, type Plugin } from "vite";

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
  tensor: "kernels/runtime/bundles/tensor.ts",
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
  const wasm = dirname(createRequire(join(root, "package.json")).resolve("@tensorflow/tfjs-backend-wasm"));
  for (const name of ["", "-simd", "-threaded-simd"].map((kind) => `tfjs-backend-wasm${kind}.wasm`)) {
    keep(assets, name, await readFile(join(wasm, name)));
  }
  return { bundles, assets, files };
}

/** A file's name with a digest of what is in it, so that it may be cached for good. */
export function hashedName(name: string, content: Uint8Array | string): string {
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 10);
  return basename(name).replace(/(\.\w+)$/, `-${digest}$1`);
}

/** One entry as one file that imports nothing. "iife" runs as a plain script. */
export async function buildBundle(
  root: string,
  entry: string,
  format: "es" | "iife" = "es",
): Promise<string> {
  const result = await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: "warn",
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [threadedGlueAsItIs()],
    build: {
      write: false,
      target: "es2023",
      minify: true,
      lib: { entry: join(root, entry), formats: [format], name: "gongbu", fileName: "bundle" },
      rolldownOptions: { output: { codeSplitting: false } },
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
