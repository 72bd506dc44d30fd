import { expect, it } from "vitest";
import { gongbu, writeFiles } from "./terminal.ts";

it("a folder without a course is refused before anything is loaded", async () => {
  const path = await writeFiles({ "notes.md": "" });
  const { code, stderr } = await gongbu("serve", "--course", path.replace("notes.md", ""), "--port", "0");
  expect(code).toBe(2);
  expect(stderr).toMatch(/--course takes a folder with a built course, but \S+ has no index\.html/);
});

it("a port that is none is refused", async () => {
  const { code, stderr } = await gongbu("serve", "--port", "http");
  expect(code).toBe(2);
  expect(stderr).toContain('--port takes a number from 0 to 65535, but was given "http".');
});
