import { beforeAll, describe, expect, test } from "vitest";
import { loadReference, type ReferenceArticles } from "../../../../src/page/site/reference-pages.ts";
import { projectRoot } from "../../../../src/reference/project.ts";
import { renderModulePage, renderReferenceIndex, renderSourcePage } from "../../../../src/page/render.tsx";

let reference: ReferenceArticles;
const pages = new Map<string, string>();
const site = { base: "/", language: "ko" } as const;

beforeAll(async () => {
  reference = await loadReference(projectRoot);
  const { modules, sources } = reference;
  pages.set("/ko/reference/", renderReferenceIndex({ ...site, modules }).html);
  for (const module of modules) {
    pages.set(`/ko/reference/${module.name}/`, renderModulePage({ ...site, module, modules }).html);
  }
  for (const source of sources) {
    const path = source.file.replace(/^kernels\//, "").replace(/\.ts$/, "");
    pages.set(`/ko/reference/source/${path}/`, renderSourcePage({ ...site, source, module: undefined }).html);
  }
});

const find = (name: string, entry: string) =>
  reference.modules.find((module) => module.name === name)!.entries.find((item) => item.name === entry)!;

describe("the pages of the reference", () => {
  test("link to nothing that is not there, down to the anchor", () => {
    const ids = new Map([...pages].map(([path, html]) => [path, new Set(html.match(/(?<=\bid=")[^"]+/g))]));
    const broken = [...pages].flatMap(([path, html]) =>
      [...html.matchAll(/<a [^>]*?href="([^"]+)"/g)].flatMap(([, href]) => {
        const { pathname, hash } = new URL(href, `http://site${path}`);
        if (!pathname.startsWith("/ko/reference/")) return [];
        const there = ids.get(pathname);
        return there && (hash === "" || there.has(decodeURIComponent(hash.slice(1))))
          ? []
          : [`${path} → ${href}`];
      }),
    );
    expect(pages.size).toBeGreaterThan(60);
    expect(broken).toEqual([]);
  });

  test("give each anchor once", () => {
    for (const [path, html] of pages) {
      const ids = html.match(/(?<=\bid=")[^"]+/g) ?? [];
      expect(new Set(ids).size, path).toBe(ids.length);
    }
  });

  test("need no script, and show their summaries in Korean", () => {
    const html = pages.get("/ko/reference/nn/")!;
    expect(html).not.toMatch(/<script|\son\w+=/);
    expect(html).toContain(find("nn", "softmax").summary.ko);
    expect(html).toContain("함수");
  });
});

describe("an article", () => {
  test("leads from a type in a signature, and from a name between backticks, to its entry", () => {
    expect(find("metrics", "bleu").signature).toContain('href="#BleuOptions">BleuOptions</a>');
    expect(find("metrics", "sentenceBleu").html).toContain('<a href="#bleu"><code>bleu</code></a>');
    expect(find("train", "fit").signature).toContain('href="../nn/#Module">Module</a>');
  });

  test("keeps a formula as it is indented", () => {
    expect(find("metrics", "kappa").html).toContain("<pre><code>κ = (pₒ − pₑ) / (1 − pₑ)");
  });

  test("of a file leads to the files that it imports", () => {
    const file = reference.sources.find((source) => source.file === "kernels/nlp/text/words.ts")!;
    expect(file.lines[1]).toContain('href="../normalize/"');
    expect(file.lines.length).toBeGreaterThan(30);
  });
});
