/** The files of docs/reference, by name: one a module, and a README that lists them. */
import { renderIndexMarkdown, renderModuleMarkdown } from "./markdown.ts";
import type { ReferenceModule } from "./reference.ts";

export function renderReferenceFiles(modules: readonly ReferenceModule[]): ReadonlyMap<string, string> {
  return new Map([
    ["README.md", renderIndexMarkdown(modules)],
    ...modules.map((module) => [`${module.name}.md`, renderModuleMarkdown(module)] as const),
  ]);
}
