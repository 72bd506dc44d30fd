import { expect, test } from "vitest";
import { getEditedFile } from "../../../../src/page/lecture/lecture-file.ts";
import { cell } from "../session/fake-session.ts";

const text = "---\ntitle: T\n---\n# T\r\n\r\n```ts {id=a}\nconst a = 1\n```\n\ntail\n";

test("the reader's code stands in its cell and every other byte is as it was", () => {
  const edited = getEditedFile({ path: "t.md", text }, new Map([[cell("a"), "const a = 2\nconst b = 3"]]));
  expect(edited).toBe(text.replace("const a = 1", "const a = 2\nconst b = 3"));
});

test("a file without edits comes back byte for byte", () => {
  expect(getEditedFile({ path: "t.md", text }, new Map())).toBe(text);
});
