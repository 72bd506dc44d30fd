/** The pages about errors, read from docs/errors and rendered for readers of either language. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Localized } from "../../../kernels/runtime/localized.ts";
import { renderMarkdown } from "../../notebook/markdown/index.ts";
import type { ErrorArticle } from "../errors/error-page.tsx";
import { findErrorCodes } from "./error-codes.ts";

/** These headings are the page's own: an example may hold others. */
const HEADING = /^## (?=(?:What it means|Why it matters|A \w+ that fails|The \w+ repaired)$)/m;
const KOREAN = "\n## 한국어\n";

/** What an example's section holds besides words: fences, and the names of files between backticks. */
const EXAMPLE = /^(`{3,})[^`\n]*\n[^]*?^\1$|^`[\w.-]+`$/gm;

export async function loadErrorPages(folder: string): Promise<readonly ErrorArticle[]> {
  const codes = await findErrorCodes(folder);
  return Promise.all(
    codes.map(async (code) => {
      const { en, ko } = parseErrorPage(code, await readFile(join(folder, `${code}.md`), "utf8"));
      return { code, html: { en: renderMarkdown(en), ko: renderMarkdown(ko) } };
    }),
  );
}

/**
 * A page as Markdown in each language. The file has the English page with its examples, then the Korean words one
 * level down; the examples are code and stand on both pages.
 */
export function parseErrorPage(code: string, text: string): Localized {
  const [english, korean] = text.split(KOREAN);
  if (korean === undefined) {
    throw new Error(
      `docs/errors/${code}.md has no Korean part: expected a heading "## 한국어" and words below it.`,
    );
  }
  const parts = english.split(HEADING);
  const examples = [
    ["실패하는 예", findExamples(parts, /^A \w+ that fails\n/)],
    ["고친 예", findExamples(parts, /^The \w+ repaired\n/)],
  ] as const;
  const ko = [`# ${code}`, korean.trim().replace(/^###(?= )/gm, "##")];
  for (const [heading, blocks] of examples) if (blocks.length > 0) ko.push(`## ${heading}`, ...blocks);
  return { en: english, ko: ko.join("\n\n") };
}

function findExamples(parts: readonly string[], heading: RegExp): readonly string[] {
  return parts.filter((part) => heading.test(part)).flatMap((part) => part.match(EXAMPLE) ?? []);
}
