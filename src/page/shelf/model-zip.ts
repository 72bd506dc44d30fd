import type { ModelAbout } from "../../../kernels/runtime/protocol.ts";
import type { Language } from "../language.ts";

/**
 * A zip that the reader brings, read and checked as the kernel would: weights, config, and what belongs to them. What is
 * wrong with it is told in the reader's language. The code that reads it is loaded now, not with the page.
 */
export async function readModelZip(
  file: File,
  language: Language,
): Promise<{ readonly about: ModelAbout; readonly zip: ArrayBuffer }> {
  const { parseSafetensors, unpackCheckpoint } = await import("./checkpoint-files.ts");
  const zip = await file.arrayBuffer();
  try {
    const files = unpackCheckpoint(new Uint8Array(zip));
    parseSafetensors(files.get("model.safetensors")!);
    const config = JSON.parse(new TextDecoder().decode(files.get("config.json"))) as { modelType?: unknown };
    const modelType = typeof config.modelType === "string" ? config.modelType : "";
    return { about: { name: toName(file.name), modelType, metrics: {} }, zip };
  } catch (error) {
    const { text } = error as { text?: Readonly<Record<Language, string>> };
    throw text ? new Error(text[language], { cause: error }) : error;
  }
}

/** The file's name without its ending, as far as a model may be called so. */
export function toName(fileName: string): string {
  const name = fileName
    .normalize("NFC")
    .replace(/\.zip$/i, "")
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[._-]+/, "")
    .slice(0, 80);
  return name || "model";
}
