import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadErrorPages, parseErrorPage } from "../../../../src/page/site/error-pages.ts";

const file = `# missing-name

*Found before the cell runs.*

## What it means

Nobody declares it.

## Why it matters

The cell would wait.

## A cell that fails

In words of its own:

\`lesson.md\`

\`\`\`\`md
## Words

\`\`\`ts {id=count}
tokns.length
\`\`\`
\`\`\`\`

## The cell repaired

\`\`\`ts {id=count}
tokens.length
\`\`\`

## 한국어

### 뜻

아무 셀도 선언하지 않았습니다.

### 왜 중요한가

셀이 계속 기다립니다.
`;

describe("a page about an error", () => {
  const { en, ko } = parseErrorPage("missing-name", file);

  test("is in English the file without its Korean part", () => {
    expect(en).toContain("Nobody declares it.");
    expect(en).toContain("tokns.length");
    expect(en).not.toMatch(/[가-힣]/);
  });

  test("has in Korean its own words and the examples' code", () => {
    expect(ko.match(/^#+ .*$/gm)).toEqual([
      "# missing-name",
      "## 뜻",
      "## 왜 중요한가",
      "## 실패하는 예",
      "## Words",
      "## 고친 예",
    ]);
    expect(ko).toContain("`lesson.md`\n\n````md\n## Words\n\n```ts {id=count}\ntokns.length\n```\n````");
    expect(ko).toContain("```ts {id=count}\ntokens.length\n```");
    expect(ko).not.toMatch(/Nobody|In words of its own|What it means/);
  });

  test("without a Korean part is refused by the file's name", () => {
    expect(() => parseErrorPage("cycle", "# cycle\n")).toThrow(/docs\/errors\/cycle\.md/);
  });
});

test("every page of the project can be rendered, and speaks both languages", async () => {
  const articles = await loadErrorPages(fileURLToPath(new URL("../../../../docs/errors", import.meta.url)));
  expect(articles.length).toBeGreaterThan(40);
  for (const { code, html } of articles) {
    for (const words of [html.en, html.ko]) expect(words).toMatch(new RegExp(`^<h1[^>]*>${code}</h1>`));
    expect(html.en.match(/<pre>/g)?.length).toBe(html.ko.match(/<pre>/g)?.length);
    expect(html.ko).toMatch(/뜻<\/h2>/);
  }
});
