import { describe, expect, it } from "vitest";
import { file, text, textarea } from "../../../../kernels/runtime/inputs/index.ts";

describe.each([
  ["text", text],
  ["textarea", textarea],
])("Inputs.%s", (type, make) => {
  it("begins empty or with its value, and takes what is written", () => {
    expect(make().value).toBe("");
    const control = make({ value: "안녕" });
    expect(control.value).toBe("안녕");
    control.receive("반가워");
    expect(control.value).toBe("반가워");
    control.receive(undefined);
    expect(control.value).toBe("");
  });

  it("keeps from the notebook what its validate refuses", () => {
    const ko = "세 글자가 필요합니다.";
    const control = make({ value: "abc", validate: (s) => s.length > 2 || { en: "Three letters.", ko } });
    control.receive("ab");
    expect([control.value, control.output("c/0").invalid]).toEqual(["abc", { en: "Three letters.", ko }]);
    expect(() => control.set("x")).toThrow("Three letters.");
    expect(control.value).toBe("abc");
  });

  it("says so in both languages where validate gives no reason", () => {
    const control = make({ validate: () => false });
    control.receive("x");
    expect(control.output("c/0").invalid).toEqual({
      en: "This value is not valid.",
      ko: "올바르지 않은 값입니다.",
    });
  });

  it("describes itself as data", () => {
    const output = make({
      label: "name",
      submit: true,
      maxlength: 5,
      debounce: 200,
      validate: () => true,
    }).output("c/0");
    expect(output.control).toMatchObject({ type, label: "name", submit: true, maxlength: 5, debounce: 200 });
    expect(structuredClone(output)).toEqual(output);
  });
});

describe("Inputs.file", () => {
  const first = new File(["one"], "one.txt");
  const second = new File(["two"], "two.txt");

  it("has the file that was chosen, shown by its name", () => {
    const control = file({ accept: ".txt" });
    expect(control.value).toBeNull();
    control.receive([first]);
    expect(control.value).toBe(first);
    expect(control.output("c/0").value).toEqual(["one.txt"]);
    control.receive([]);
    expect(control.value).toBeNull();
  });

  it("has a list of files where it takes several", () => {
    const control = file({ multiple: true });
    expect(control.value).toEqual([]);
    control.receive([first, second]);
    expect(control.value).toEqual([first, second]);
    expect(control.output("c/0").value).toEqual(["one.txt", "two.txt"]);
  });

  it("cannot be set from outside", () => {
    expect(() => file().set("one.txt")).toThrow(/a file can be chosen only on the page/);
  });
});
