/** Where this project's library lies. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gongbuAliases } from "../../kernels/aliases.ts";
import { bundleOf } from "../../kernels/runtime/modules.ts";
import { readLibrary } from "./library.ts";
import type { ReferenceModule } from "./reference.ts";

/** As a lecture comes to them; what is not named here stands behind. */
const ORDER = ["text", "data", "nn", "train", "metrics", "decode", "onnx", "display", "shelf"].map(
  (name) => `gongbu/${name}`,
);

/** Every `gongbu/…` module that a cell can import. */
export function readProjectLibrary(root: string): readonly ReferenceModule[] {
  const place = (specifier: string) => [...ORDER, specifier].indexOf(specifier);
  const specifiers = Object.keys(bundleOf)
    .filter((specifier) => specifier.startsWith("gongbu/"))
    .sort((a, b) => place(a) - place(b));
  return readLibrary({
    modules: specifiers.map((specifier) => ({ specifier, file: fileOf(specifier) })),
    readFile: (file) => readFileSync(`${root}${file}`, "utf8"),
  });
}

export const projectRoot = fileURLToPath(new URL("../../", import.meta.url));

function fileOf(specifier: string): string {
  const alias = gongbuAliases("").find(({ find }) => find.test(specifier));
  if (!alias) throw new Error(`No alias says where ${specifier} is (kernels/aliases.ts).`);
  return specifier.replace(alias.find, alias.replacement);
}
