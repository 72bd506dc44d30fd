import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { gongbu, lectureOf, writeFiles } from "./terminal.ts";

const lecture = lectureOf({ a: "const x = 1", b: "x + 1" });

describe("gongbu convert", () => {
  it("makes a Jupyter notebook of a lecture, and the same lecture of the notebook", async () => {
    const path = await writeFiles({ "lesson.md": lecture });
    const [ipynb, again] = [path.replace(".md", ".ipynb"), path.replace("lesson", "again")];
    expect(await gongbu("convert", path, ipynb)).toMatchObject({ code: 0, stderr: `Written: ${ipynb}\n` });
    expect((JSON.parse(await readFile(ipynb, "utf8")) as { cells: unknown[] }).cells).toHaveLength(3);
    expect((await gongbu("convert", ipynb, again)).code).toBe(0);
    expect(await readFile(again, "utf8")).toBe(lecture);
  });

  it("makes an HTML file", async () => {
    const path = await writeFiles({ "lesson.md": lecture });
    const html = path.replace(".md", ".html");
    expect((await gongbu("convert", path, html)).code).toBe(0);
    expect(await readFile(html, "utf8")).toContain("<title>Test</title>");
  });

  it("says what of a foreign notebook could not come along", async () => {
    const cells = [{ cell_type: "code", source: "print(1)" }];
    const path = await writeFiles({ "other.ipynb": JSON.stringify({ nbformat: 4, cells }) });
    const { code, stderr } = await gongbu("convert", path, path.replace(".ipynb", ".md"));
    expect([code, stderr]).toEqual([0, expect.stringContaining("Cell 1 is python: it is quoted")]);
  });

  it("refuses by name what it cannot read, write or make", async () => {
    const path = await writeFiles({ "broken.ipynb": "no", "lesson.md": lecture });
    const md = path.replace("broken.ipynb", "lesson.md");
    const failures = [
      [["convert", path, "x.md"], /broken\.ipynb is no Jupyter notebook/],
      [["convert", md], /takes two files/],
      [["convert", md, "x.docx"], /was given lesson\.md and x\.docx/],
      [["convert", "none.md", "x.html"], /none\.md cannot be read \(ENOENT\)/],
      [["convert", md, "/no/such/folder/x.html"], /cannot be written \(ENOENT\)/],
    ] as const;
    for (const [args, message] of failures) {
      const { code, stderr } = await gongbu(...args);
      expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    }
  });
});
