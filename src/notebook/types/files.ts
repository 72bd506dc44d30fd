import ts from "typescript";
import type { TypeHost } from "./host.ts";

export interface CompilerHostOptions {
  readonly host: TypeHost;
  /** The cells and what is declared for them, by path. */
  readonly virtual: ReadonlyMap<string, string>;
  /** Files that were parsed before; those of the host are added, and stay. */
  readonly parsed: Map<string, ts.SourceFile>;
}

/** The notebook's cells as files among the host's. */
export function toCompilerHost({ host, virtual, parsed }: CompilerHostOptions): ts.CompilerHost {
  const folders = new Set([...virtual.keys()].map((path) => path.slice(0, path.lastIndexOf("/"))));
  const readFile = (path: string) => virtual.get(path) ?? host.readFile(path);
  return {
    getSourceFile(path, version) {
      const known = parsed.get(path);
      if (known) return known;
      const text = readFile(path);
      if (text === undefined) return undefined;
      const file = ts.createSourceFile(path, text, version);
      if (!virtual.has(path)) parsed.set(path, file);
      return file;
    },
    readFile,
    fileExists: (path) => virtual.has(path) || host.fileExists(path),
    directoryExists: (path) => folders.has(path) || (host.directoryExists?.(path) ?? true),
    ...(host.realpath
      ? { realpath: (path: string) => (virtual.has(path) ? path : host.realpath!(path)) }
      : {}),
    getDefaultLibFileName: (options) => `${host.libraries}/${ts.getDefaultLibFileName(options)}`,
    getDefaultLibLocation: () => host.libraries,
    getCurrentDirectory: () => host.root,
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => {},
  };
}
