import { describe, expect, it } from "vitest";
import { number, range } from "../../../../kernels/runtime/inputs/index.ts";

const wrong = (value: unknown) => value as never;

describe("Inputs.range", () => {
  it("begins in the middle: of the extent, or of its orders of magnitude", () => {
    expect(range([0, 10]).value).toBe(5);
    expect(range([0.0001, 1], { scale: "log" }).value).toBeCloseTo(0.01);
    expect(range().value).toBe(0.5);
  });

  it.each([
    [{ step: 0.1, value: 0.3000001 }, 0.3],
    [{ step: 0.25, value: 0.6 }, 0.5],
    [{ value: 7 }, 1],
    [{ value: -7 }, 0],
    [{ step: 0.3, value: 1 }, 0.9],
    [{ step: 0.1, value: 1 }, 1],
    [{ step: 5, value: 0.4 }, 0],
  ])("of [0, 1] with %j begins at %d", (options, value) => {
    expect(range([0, 1], options).value).toBe(value);
  });

  it("snaps what it receives, and tells its listeners", () => {
    const control = range([0, 10], { step: 2, value: 0 });
    const heard: number[] = [];
    control.addEventListener("input", () => heard.push(control.value));
    control.receive(4.9);
    control.receive("7");
    control.value = 100;
    expect(heard).toEqual([4, 8, 10]);
  });

  it.each([["abc"], [null], [""], [NaN], [undefined], [{}], [[5]], [true]])("refuses %j", (sent) => {
    const control = range([0, 10], { value: 3 });
    expect(() => control.receive(sent)).toThrow(/Inputs\.range: expected a number, but was given/);
    expect(control.value).toBe(3);
  });

  it.each([
    [() => range([1, 0]), /extent must be \[min, max\] with min < max, but was \[1,0\]/],
    [() => range([0, Infinity]), /a slider needs a finite extent/],
    [() => range([0, 1], { scale: "log" }), /logarithmic scale needs a minimum above 0, but was given 0/],
    [() => range([0, 1], { play: true }), /a slider that plays needs a step/],
    [() => range([0, 1], { step: 0.1, play: -5 }), /true or milliseconds above 0, but was given -5/],
    [() => range([0, 1], { value: wrong("high") }), /expected a number, but was given "high"/],
  ])("says what is wrong with its options", (make, message) => {
    expect(make).toThrow(message);
  });

  it("can be played, half a second a step unless it says otherwise", () => {
    const play = (given: boolean | number) => range([0, 9], { step: 1, play: given }).output("c/0").control;
    expect([play(true), play(120)]).toMatchObject([{ play: 500 }, { play: 120 }]);
    expect(play(false)).not.toHaveProperty("play");
  });

  it("describes itself as data, its format applied in the kernel", () => {
    const control = range([0, 1], { value: 0.5, label: "rate", step: 0.1, format: (x) => `${x * 100}%` });
    const output = control.output("c/0");
    expect(output).toMatchObject({
      kind: "input",
      inputId: "c/0",
      value: 0.5,
      control: { type: "range", min: 0, max: 1, step: 0.1, scale: "linear", label: "rate", formatted: "50%" },
    });
    expect(structuredClone(output)).toEqual(output);
  });
});

describe("Inputs.number", () => {
  it("is undefined while empty", () => {
    const control = number([0, 10], { value: 4 });
    for (const empty of ["", null, undefined]) {
      control.receive("5");
      control.receive(empty);
      expect(control.value).toBeUndefined();
    }
    expect(number().value).toBeUndefined();
  });

  it("keeps a number outside its extent from the notebook and says why, in both languages", () => {
    const control = number([0, 10], { value: 4 });
    control.receive(11);
    expect(control.value).toBe(4);
    expect(control.output("c/0").invalid).toEqual({
      en: "Give a number from 0 to 10.",
      ko: expect.stringContaining("0부터 10") as string,
    });
    control.receive(10);
    expect(control.value).toBe(10);
    expect(control.output("c/0")).not.toHaveProperty("invalid");
  });

  it("needs a value when it is required", () => {
    const control = number({ required: true, value: 1 });
    control.receive("");
    expect(control.value).toBe(1);
    expect(control.output("c/0").invalid).toBeDefined();
  });

  it("leaves infinite ends out of its description", () => {
    const { control } = number({ label: "n" }).output("c/0");
    expect(control).not.toHaveProperty("min");
    expect(control).not.toHaveProperty("max");
    expect(number([0, Infinity]).output("c/0").control).toMatchObject({ min: 0 });
  });

  it("takes its own validate over its extent", () => {
    const control = number([0, 10], { value: 2, validate: (n) => n! % 2 === 0 || "An even number, please." });
    control.receive(3);
    expect([control.value, control.output("c/0").invalid]).toEqual([
      2,
      { en: "An even number, please.", ko: "An even number, please." },
    ]);
    control.receive(12);
    expect(control.value).toBe(12);
  });

  it("refuses what is no number", () => {
    expect(() => number().receive("4 apples")).toThrow(
      /Inputs\.number: expected a number, but was given "4 apples"/,
    );
  });
});
