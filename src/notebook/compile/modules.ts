/** The modules that a cell can import: the kernel's registry, by name. */
export const importableModules = [
  "gongbu/text",
  "gongbu/data",
  "gongbu/nn",
  "gongbu/train",
  "gongbu/metrics",
  "gongbu/decode",
  "gongbu/onnx",
  "gongbu/display",
  "gongbu/shelf",
  "@tensorflow/tfjs",
  "@xenova/transformers",
  "@observablehq/inputs",
] as const;

const importable: ReadonlySet<string> = new Set(importableModules);

export function isImportable(module: string): boolean {
  return importable.has(module);
}
