/** Compiles the AssemblyScript in assembly/ to WebAssembly. For the site's build and for Node; a browser gets the files. */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BUILDS, type BuildName } from "./builds.ts";

const SOURCES = fileURLToPath(new URL("./assembly", import.meta.url));
const CACHE = fileURLToPath(new URL("../../.cache/simd", import.meta.url));

/** Wasm's largest memory, in pages of 64 KB: what TensorFlow.js declares for the memory that threads share. */
const LARGEST_MEMORY = "65536";

/** The module's bytes: from the cache while nothing they are made of has changed, compiled (in seconds) otherwise. */
export async function compileSimd(name: BuildName): Promise<Uint8Array<ArrayBuffer>> {
  const options = optionsOf(name);
  const cached = join(CACHE, `${await digest(options)}-${name}`);
  try {
    return Uint8Array.from(await readFile(cached));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const bytes = await compile(options);
  checkModule(bytes, name);
  await keep(cached, bytes);
  return bytes;
}

function optionsOf(name: BuildName): string[] {
  const { relaxed, shared } = BUILDS[name];
  return [
    ..."--runtime stub --importMemory --noAssert -O3 --enable simd".split(" "),
    ...(relaxed ? ["--enable", "relaxed-simd"] : []),
    ...(shared ? ["--enable", "threads", "--sharedMemory", "--maximumMemory", LARGEST_MEMORY] : []),
  ];
}

/** Of the sources, the options and the compiler. */
async function digest(options: readonly string[]): Promise<string> {
  const { resolve } = createRequire(import.meta.url);
  const compiler = await readFile(resolve("assemblyscript/package.json"));
  const hash = createHash("sha256").update(compiler).update(options.join(" "));
  for (const file of (await readdir(SOURCES)).sort()) {
    hash.update(file).update(await readFile(join(SOURCES, file)));
  }
  return hash.digest("hex").slice(0, 16);
}

async function compile(options: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded here: the compiler is large, and mostly the cache has what is asked for.
  const { main } = await import("assemblyscript/asc");
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await main(
    ["index.ts", "--baseDir", SOURCES, "--outFile", "module.wasm", ...options],
    {
      writeFile(_, contents) {
        if (typeof contents !== "string") bytes = Uint8Array.from(contents);
      },
    },
  );
  if (error || !bytes)
    throw new Error(`AssemblyScript: ${stderr.toString() || String(error)}`, { cause: error });
  return bytes;
}

/**
 * The module works in TensorFlow.js's memory, so it must bring no data of its own: a data section (11) would be written
 * over whatever lies there. `Math.log`, for instance, would bring one.
 */
export function checkModule(bytes: Uint8Array, name: string): void {
  const sections = findSections(bytes);
  if (sections.includes(DATA_SECTION)) {
    throw new Error(
      `${name} has a data section, which would overwrite TensorFlow.js's memory. Look for tables, strings and Math functions in kernels/simd/assembly.`,
    );
  }
}

const DATA_SECTION = 11;

/** The ids of a module's sections, in order. */
export function findSections(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  let at = 8; // after "\0asm" and the version
  while (at < bytes.length) {
    ids.push(bytes[at++]);
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      size += (byte & 0x7f) * 2 ** shift; // LEB128: seven bits a byte, the lowest first
      if (byte < 0x80) break;
    }
    at += size;
  }
  return ids;
}

/** Written beside and renamed, so that two processes never read half a file. A cache that cannot be written is done without. */
async function keep(path: string, bytes: Uint8Array): Promise<void> {
  const own = `${path}.${process.pid}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(own, bytes);
    await rename(own, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EACCES" && code !== "EROFS" && code !== "ENOSPC") throw error;
  }
}
