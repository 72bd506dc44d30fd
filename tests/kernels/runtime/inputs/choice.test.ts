import { describe, expect, it } from "vitest";
import { checkbox, radio, select, toggle } from "../../../../kernels/runtime/inputs/index.ts";

const models = [
  { name: "bag", layers: 1 },
  { name: "transformer", layers: 4 },
];
const byName = { format: ({ name }: { name: string }) => name };
const words = { en: "joy", ko: "기쁨" };

/** The control's description, value and options as the page gets them. */
const shown = (control: { output(id: string): { value: unknown; control: unknown } }) =>
  control.output("c/0");

describe("Inputs.select", () => {
  it("begins with its first option, or with nothing where there is none", () => {
    expect(select(["a", "b"]).value).toBe("a");
    expect(select([]).value).toBeNull();
    expect(select(["a", "b"], { value: null as never }).value).toBeNull();
  });

  it("sends options by their places and has the values themselves", () => {
    const control = select(models, byName);
    expect(shown(control)).toMatchObject({
      value: 0,
      control: { options: ["bag", "transformer"], multiple: false },
    });
    control.receive(1);
    expect(control.value).toBe(models[1]);
    expect(shown(control).value).toBe(1);
  });

  it("takes a map of names to values, a set, and words in both languages", () => {
    const map = select(
      new Map([
        ["one", 1],
        ["two", 2],
      ]),
      { value: 2 },
    );
    expect([map.value, shown(map).value]).toEqual([2, 1]);
    expect(shown(select(new Set(["x"])))).toMatchObject({ control: { options: ["x"] } });
    expect(shown(select([words]))).toMatchObject({ control: { options: [words] } });
    expect(structuredClone(shown(map))).toEqual(shown(map));
  });

  it("takes keyof and valueof", () => {
    const control = select(models, { keyof: ({ name }) => name, valueof: ({ layers }) => layers, value: 4 });
    expect([control.value, shown(control)]).toMatchObject([
      4,
      { control: { options: ["bag", "transformer"] } },
    ]);
  });

  it("sorts by name, and leaves out what it has already", () => {
    expect(shown(select(["b", "c", "a", "b"], { sort: true, unique: true }))).toMatchObject({
      control: { options: ["a", "b", "c"] },
    });
    expect(shown(select(["b", "c"], { sort: "descending" }))).toMatchObject({
      control: { options: ["c", "b"] },
    });
  });

  it("of several is a list", () => {
    const control = select(["a", "b", "c"], { multiple: true, value: ["c"] });
    expect([control.value, shown(control).value]).toEqual([["c"], [2]]);
    control.receive([0, 2]);
    expect(control.value).toEqual(["a", "c"]);
    control.receive([]);
    expect(control.value).toEqual([]);
    expect(select(["a"], { multiple: 3 }).value).toEqual([]);
  });

  it.each([[2], [-1], ["0"], [0.5], [undefined], [[0]]])("refuses the place %j", (sent) => {
    expect(() => select(["a", "b"]).receive(sent)).toThrow(
      /Inputs\.select: there is no option .*; there are 2/,
    );
  });

  it("refuses a single place where it takes several", () => {
    expect(() => select(["a"], { multiple: true }).receive(0)).toThrow(
      /expected a list of indices, but was given number/,
    );
  });

  it.each([
    [() => select(["a", "b"], { value: "z" }), /the value "z" is none of the options: a, b/],
    [() => select({ a: 1 } as never), /takes a list, a set or a map of options, but was given object/],
    [() => select(undefined as never), /was given undefined/],
    [
      () => checkbox(["a"], { value: "a" as never }),
      /Inputs\.checkbox: the value must be a list of options, but was string/,
    ],
  ])("says what is wrong with its options", (make, message) => {
    expect(make).toThrow(message);
  });

  it("is set from outside by a value, by an option's name, or to nothing", () => {
    const control = select(models, byName);
    control.set("transformer");
    expect(control.value).toBe(models[1]);
    control.set(models[0]);
    expect(control.value).toBe(models[0]);
    control.set(null);
    expect(control.value).toBeNull();
    expect(() => control.set("lstm")).toThrow(/none of the options: bag, transformer/);
  });
});

describe("Inputs.radio", () => {
  it("begins with nothing, and goes back to it", () => {
    const control = radio(["a", "b"]);
    expect([control.value, shown(control).value]).toEqual([null, null]);
    control.receive(1);
    expect(control.value).toBe("b");
    control.receive(null);
    expect(control.value).toBeNull();
  });

  it("tells apart options that look alike", () => {
    const control = radio([NaN, "NaN"], { value: NaN });
    expect(shown(control).value).toBe(0);
  });
});

describe("Inputs.checkbox", () => {
  it("is a list of what is ticked", () => {
    const control = checkbox([1, 2, 3], { value: [2] });
    expect([control.value, shown(control).value]).toEqual([[2], [1]]);
    control.receive([0, 1]);
    expect(control.value).toEqual([1, 2]);
    expect(() => control.receive([0, 7])).toThrow(/no option 7; there are 3/);
    expect(control.value).toEqual([1, 2]);
  });
});

describe("Inputs.toggle", () => {
  it("is true or false, or one of its two values", () => {
    expect(toggle().value).toBe(false);
    expect(toggle({ value: true }).value).toBe(true);
    const control = toggle({ values: ["on", "off"], value: "off" });
    expect([control.value, shown(control).value]).toEqual(["off", false]);
    control.receive(true);
    expect([control.value, shown(control).value]).toEqual(["on", true]);
  });

  it("is set from outside by a value or by true and false", () => {
    const control = toggle({ values: ["on", "off"] });
    control.set(true);
    expect(control.value).toBe("on");
    control.set("off");
    expect(control.value).toBe("off");
    expect(() => control.set("dim")).toThrow(/expected "on" or "off", but was given "dim"/);
  });
});
