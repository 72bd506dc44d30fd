import ts from "typescript";

/** Where the type checker finds the files that are no cells: the library's sources, packages, TypeScript's own. */
export interface TypeHost {
  /** The folder in which `kernels/` and `node_modules/` lie. */
  readonly root: string;
  /** The folder of TypeScript's `lib.*.d.ts`. */
  readonly libraries: string;
  readFile(path: string): string | undefined;
  fileExists(path: string): boolean;
  directoryExists?(path: string): boolean;
  realpath?(path: string): string;
}

/** The files of a machine: `createSystemTypeHost({ system: ts.sys, root })` in Node. */
export function createSystemTypeHost({ system, root }: { system: ts.System; root: string }): TypeHost {
  return {
    root: root.replace(/\/+$/, ""),
    libraries: ts.getDefaultLibFilePath({}).replace(/[\\/][^\\/]*$/, ""),
    readFile: (path) => system.readFile(path),
    fileExists: (path) => system.fileExists(path),
    directoryExists: (path) => system.directoryExists(path),
    ...(system.realpath ? { realpath: system.realpath } : {}),
  };
}

/** A cell is checked as the kernel runs it: in a worker, with the registry's modules and nothing else. */
export function compilerOptions({ root }: Pick<TypeHost, "root">): ts.CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: ["lib.es2023.d.ts", "lib.webworker.d.ts", "lib.webworker.asynciterable.d.ts"],
    types: [],
    strict: true,
    noImplicitAny: false,
    useUnknownInCatchVariables: false,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    skipLibCheck: true,
    noEmit: true,
    paths: {
      "gongbu/display": [`${root}/kernels/runtime/display/index.ts`],
      "gongbu/shelf": [`${root}/kernels/runtime/shelf/index.ts`],
      "gongbu/*": [`${root}/kernels/nlp/*/index.ts`],
      "@observablehq/inputs": [`${root}/kernels/runtime/inputs/index.ts`],
    },
  };
}
