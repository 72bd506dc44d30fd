/** What the reference lacks to be read well: each gap as a sentence that says where it is and how it is filled. */
import { isValue, type Docstring, type ReferenceModule } from "./reference.ts";

export function findGaps(modules: readonly ReferenceModule[]): string[] {
  return modules.flatMap(({ specifier, doc, entries }) => [
    ...findDocGaps(doc, `${specifier} (the comment above its index.ts)`),
    ...entries.flatMap((entry) => {
      const where = `${specifier}: ${entry.name}`;
      const docs = [entry, ...entry.members, ...entry.options.flatMap(({ members }) => members)];
      const hasReturn = entry.kind !== "function" || /\)(?:: |\): )[^]/.test(entry.signature);
      return [
        ...(isValue(entry) ? findDocGaps(entry.doc, where) : []),
        ...docs.flatMap((item) => findBrokenLines(item.doc.text).map((line) => misread(where, line))),
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

/** Lines within a paragraph that Markdown takes for a list or a heading, and formulas that it takes for words. */
function findBrokenLines(text: string): readonly string[] {
  const lines = text.split("\n");
  return lines.filter((line, index) => {
    const before = lines[index - 1] ?? "";
    if (before.trim() === "" || /^(?: {2,}|[-|])/.test(before)) return false;
    return /^(?:\d+[.)] |\+ |#+ | {4,}\S)/.test(line);
  });
}

function misread(where: string, line: string): string {
  return `${where}: Markdown misreads the line "${line.trim()}"; put a blank line before it, or break the lines elsewhere.`;
}
