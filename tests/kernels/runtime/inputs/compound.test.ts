import { describe, expect, it } from "vitest";
import { button, form, range, table, text } from "../../../../kernels/runtime/inputs/index.ts";

describe("Inputs.button", () => {
  it("counts clicks", () => {
    const control = button("Run");
    control.receive(0);
    control.receive(0);
    expect(control.value).toBe(2);
    expect(control.output("c/0")).toMatchObject({ value: 2, control: { type: "button", buttons: ["Run"] } });
  });

  it("reduces its value where it is told how, one way for each of several buttons", () => {
    const control = button(
      [
        ["+1", (n: number) => n + 1],
        ["double", (n: number) => n * 2],
      ],
      { value: 5 },
    );
    control.receive(0);
    control.receive(1);
    expect(control.value).toBe(12);
    const words = button("add", { value: [] as string[], reduce: (list) => [...list, "x"] });
    words.receive(0);
    expect(words.value).toEqual(["x"]);
    expect(structuredClone(words.output("c/0"))).toEqual(words.output("c/0"));
  });

  it("refuses a button that is not there", () => {
    expect(() => button("Run").receive(1)).toThrow(/Inputs\.button: there is no button 1; there are 1/);
  });
});

describe("Inputs.form", () => {
  it("is a record of values for a record of controls, a list for a list, nested as they are", () => {
    const rate = range([0, 1], { value: 0.5 });
    const control = form({ rate, names: form([text({ value: "a" }), text()]) });
    expect(control.value).toEqual({ rate: 0.5, names: ["a", ""] });
    rate.receive(1);
    expect(control.value).toEqual({ rate: 1, names: ["a", ""] });
  });

  it("gives each control an id under its own", () => {
    const control = form({ a: range([0, 1]), b: form([text()]) });
    const { control: data } = control.output("c/0");
    expect(data).toMatchObject({
      type: "form",
      template: "record",
      children: [
        { key: "a", input: { inputId: "c/0.a", control: { type: "range" } } },
        {
          key: "b",
          input: {
            inputId: "c/0.b",
            control: { template: "list", children: [{ input: { inputId: "c/0.b.0" } }] },
          },
        },
      ],
    });
    expect(structuredClone(data)).toEqual(data);
  });

  it("hears of its children: of a value as a value, of a refusal as a drawing", () => {
    const name = text({ validate: (s) => s !== "" });
    const control = form([form([name])]);
    const heard: string[] = [];
    control.addEventListener("input", () => heard.push("input"));
    control.addEventListener("draw", () => heard.push("draw"));
    name.receive("x");
    name.receive("");
    expect(heard).toEqual(["input", "draw"]);
  });

  it("is set from outside control by control, and refuses keys that it has not", () => {
    const control = form({ rate: range([0, 1]), name: text() });
    control.set({ name: "x" });
    expect(control.value).toEqual({ rate: 0.5, name: "x" });
    expect(() => control.set({ size: 1 })).toThrow(
      /Inputs\.form: there is no control "size"; there are rate, name/,
    );
    expect(() => control.set(5)).toThrow(/expected a record of values, but was given number/);
  });

  it("refuses what is no control by its key", () => {
    expect(() => form({ a: text(), b: 5 } as never)).toThrow(/Inputs\.form: "b" is no control/);
  });
});

describe("Inputs.table", () => {
  const rows = [{ a: 1 }, { a: 2 }, { a: 3 }];

  it("is all rows while none is selected, or none where that is not required", () => {
    expect(table(rows).value).toEqual(rows);
    expect(table(rows).output("c/0").value).toEqual([]);
    expect(table(rows, { required: false }).value).toEqual([]);
  });

  it("is the rows that are selected, the very ones that it was given", () => {
    const control = table(new Set(rows), { value: [rows[1]], caption: "numbers" });
    expect(control.value[0]).toBe(rows[1]);
    control.receive([2, 0]);
    expect(control.value).toEqual([rows[2], rows[0]]);
    expect(control.output("c/0")).toMatchObject({
      value: [2, 0],
      control: { table: { caption: "numbers", totalRows: 3 } },
    });
    control.receive([]);
    expect(control.value).toEqual(rows);
  });

  it.each([
    [[3], /Inputs\.table: there is no row 3; there are 3/],
    ["all", /expected a list of rows, but was given string/],
  ])("refuses %j", (sent, message) => {
    expect(() => table(rows).receive(sent)).toThrow(message);
  });

  it("refuses a second row where one can be selected, and a value that is no row of its own", () => {
    expect(() => table(rows, { multiple: false }).receive([0, 1])).toThrow(
      /one row can be selected, but there were 2/,
    );
    expect(() => table(rows, { value: [{ a: 9 }] })).toThrow(/`value` has a row that is not in the data/);
  });

  it("is set from outside by rows that are equal", () => {
    const control = table(rows);
    control.set([{ a: 2 }]);
    expect(control.value[0]).toBe(rows[1]);
  });
});
