/** Where the code of a cell leads to the reference: from the names that it imports from the library. */
import { typescript, type CodeLink } from "./highlight.ts";

type SyntaxNode = ReturnType<typeof typescript.parse>["topNode"];

export interface ReferenceLinksOptions {
  /** From the page to the folder of the page's language. Default "../", from a lecture's folder. */
  readonly base?: string;
}

/**
 * One link for each name between braces, `import { softmax } from "gongbu/nn"`, and for the module's name behind it. The
 * addresses are relative, so that they are right in either language.
 */
export function findReferenceLinks(code: string, { base = "../" }: ReferenceLinksOptions = {}): CodeLink[] {
  return typescript
    .parse(code)
    .topNode.getChildren("ImportDeclaration")
    .flatMap((statement) => {
      const specifier = statement.getChild("String");
      const module =
        specifier && /^["']gongbu\/(\w+)["']$/.exec(code.slice(specifier.from, specifier.to))?.[1];
      if (!module) return [];
      const address = `${base}reference/${module}/`;
      const { from, to } = specifier;
      const names = findImported(statement.getChild("ImportGroup")).map((name) => ({
        ...name,
        href: `${address}#${code.slice(name.from, name.to)}`,
      }));
      return [...names, { from: from + 1, to: to - 1, href: address }].map((link) => ({
        ...link,
        newTab: true,
      }));
    });
}

/** The names as the module has them: of `a as b` the first. */
function findImported(group: SyntaxNode | null): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  let isRenamed = false;
  for (let node = group?.firstChild; node; node = node.nextSibling) {
    if (node.name === "as") isRenamed = true;
    if (node.name !== "VariableName" && node.name !== "VariableDefinition") continue;
    if (!isRenamed) found.push({ from: node.from, to: node.to });
    isRenamed = false;
  }
  return found;
}
