import { expect, test } from "vitest";
import { parsePageData, serializePageData } from "../../../src/page/page-data.ts";

const course = { title: { en: "</script><script>alert(1)", ko: "강의" }, lectures: [] };

test("page data comes back as it was", () => {
  const data = { course, language: "ko", base: "/gongbu/" } as const;
  expect(parsePageData(serializePageData(data))).toEqual(data);
});

test("page data cannot end the block that holds it", () => {
  expect(serializePageData({ course, language: "en", base: "/" })).not.toContain("<");
});

test("page data of another shape is refused by name", () => {
  expect(() => parsePageData('{"course":{},"language":"fr"}')).toThrow(/expected {course, language, base}/);
});
