import { describe, expect, test } from "vitest";
import type { Course, Lecture } from "../../../src/notebook/lecture.ts";
import { renderErrorPage, renderIndexPage, renderLecturePage } from "../../../src/page/render.tsx";
import { createLecture } from "./session/fake-lecture.ts";

const lecture: Lecture = {
  ...createLecture({}),
  headings: [{ id: "loss", level: 2, text: { en: "The loss", ko: "손실" } }],
  blocks: [
    { kind: "prose", key: "p", html: { en: '<h2 id="loss">The loss</h2>', ko: '<h2 id="loss">손실</h2>' } },
    ...createLecture({
      tokenizer: { source: "const a = 1 < 2" },
      hidden: { source: "secret", attributes: { solution: "x" } },
    }).blocks,
  ],
};
const course: Course = {
  title: { en: "The course", ko: "강의" },
  lectures: [
    { id: "00", title: { en: "Zero", ko: "영" }, description: { en: "", ko: "" }, ready: true, cells: [] },
    {
      id: lecture.id,
      title: lecture.title,
      description: lecture.description,
      ready: true,
      cells: [],
      minutes: 30,
    },
    { id: "02", title: { en: "Two", ko: "이" }, description: { en: "", ko: "" }, ready: false, cells: [] },
  ],
};
const page = { course, base: "/gongbu/" } as const;

describe("a rendered lecture", () => {
  const { html, title, description } = renderLecturePage({ ...page, lecture, language: "en" });

  test("can be read and linked to without a script", () => {
    expect(html).toContain('<h2 id="loss">The loss</h2>');
    expect(html).toContain('id="cell-tokenizer"');
    expect(html).toContain("const a = 1 < 2");
    expect(html).toContain('href="#loss"');
    expect(html).toContain('href="/gongbu/ko/01-lecture/"');
  });

  test("keeps its solutions to itself", () => {
    expect(html).not.toContain("secret");
  });

  test("has the lecture's title and question for the document", () => {
    expect(title).toBe("Lecture – Gongbu");
    expect(description).toBe("A question?");
  });

  test("speaks Korean in Korean", () => {
    const korean = renderLecturePage({ ...page, lecture, language: "ko" });
    expect(korean.html).toContain('<h2 id="loss">손실</h2>');
    expect(korean.html).toContain("모두 실행");
    expect(korean.html).not.toContain("Run all");
    expect(korean.title).toBe("강의 – 공부");
  });

  test("holds no script and no handler of its own", () => {
    expect(html.replace(/<script type="application\/json"/, "")).not.toMatch(/<script|\son\w+=/);
  });
});

describe("a rendered page about an error", () => {
  const article = { code: "missing-name", html: { en: "<h1>missing-name</h1>", ko: "<h1>뜻</h1>" } };
  const { html, title } = renderErrorPage({ article, base: "/gongbu/", language: "ko" });

  test("is in the reader's language, with the way back and to the other language", () => {
    expect(html).toContain("<h1>뜻</h1>");
    expect(html).toContain('href="/gongbu/ko/"');
    expect(html).toContain('href="/gongbu/en/errors/missing-name/"');
    expect(title).toBe("missing-name – 공부");
  });

  test("needs no script", () => {
    expect(html).not.toMatch(/<script|needs-script|\son\w+=/);
  });
});

describe("a rendered course", () => {
  test("links the lectures that are there and lists those to come", () => {
    const { html } = renderIndexPage({ ...page, language: "en" });
    expect(html).toContain('href="/gongbu/en/00/"');
    expect(html).not.toContain('href="/gongbu/en/02/"');
    expect(html).toContain("In preparation");
  });

  test("has the other language one link away", () => {
    expect(renderIndexPage({ ...page, language: "en" }).html).toContain('href="/gongbu/ko/"');
    expect(renderIndexPage({ ...page, language: "ko" }).html).toMatch(/hreflang="en"[^>]*|href="\/gongbu\/"/);
  });
});
