/** What the reference lacks to be read well: each gap as a sentence that says where it is and how it is filled. */
import { isValue, type Docstring, type ReferenceModule } from "./reference.ts";

export function findGaps(modules: readonly ReferenceModule[]): string[] {
  return modules.flatMap(({ specifier, doc, entries }) => [
    ...findDocGaps(doc, `${specifier} (the comment above its index.ts)`),
    ...entries.flatMap((entry) => {
      const where = `${specifier}: ${entry.name}`;
      const hasReturn = entry.kind !== "function" || /\)(?:: |\): )[^]/.test(entry.signature);
      return [
        ...(isValue(entry) ? findDocGaps(entry.doc, where) : []),
        ...(hasReturn
          ? []
          : [`${where} does not say what it returns; write the type, the reference shows it.`]),
      ];
    }),
  ]);
}

function findDocGaps({ summary, korean }: Docstring, where: string): string[] {
  if (summary === "")
    return [`${where} has no docstring; begin it with a sentence that says what it computes.`];
  if (korean === undefined)
    return [`${where} has no Korean line; add "@ko …" to its docstring, one sentence.`];
  const isFormal = /[가-힣].*니다\.$/.test(korean);
  return isFormal ? [] : [`${where}: its @ko line must be a Korean sentence that ends with "…니다.".`];
}
