// @vitest-environment jsdom
import { renderToString } from "preact-render-to-string";
import { act } from "preact/test-utils";
import { expect, test, vi } from "vitest";
import type { Control, InputOutput } from "../../../../kernels/runtime/display/output.ts";
import { ControlView } from "../../../../src/page/inputs/index.ts";
import { click, keyDown, mount } from "../../outputs/mount.ts";

const input = (control: Control, value: unknown, rest: Partial<InputOutput> = {}): InputOutput => ({
  kind: "input",
  inputId: "id",
  control,
  value,
  ...rest,
});

async function setUp(output: InputOutput, disabled = false) {
  const sent: unknown[] = [];
  const onValue = (inputId: string, value: unknown) => void sent.push([inputId, value]);
  const draw = (next: InputOutput) => (
    <ControlView output={next} language="en" disabled={disabled} onValue={onValue} />
  );
  const view = await mount(draw(output));
  return {
    ...view,
    sent,
    /** The kernel's description of the control, new. */
    echo: (next: InputOutput) => view.update(draw(next)),
    frame: () => act(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()))),
  };
}

const range: Control = { type: "range", label: { en: "Rate", ko: "비율" }, min: 0, max: 10, step: 1 };
const change = () => new Event("change", { bubbles: true });

test("slider and field are one number, sent at once and then the latest twice a frame", async () => {
  const view = await setUp(input(range, 3));
  const [slider, field] = view.findAll<HTMLInputElement>("input");
  await view.type(slider, "5");
  await view.type(slider, "6");
  await view.type(slider, "7");
  expect(field.value).toBe("7");
  await view.frame();
  await view.frame();
  await view.type(field, "8");
  expect(slider.value).toBe("8");
  expect(view.sent).toEqual([
    ["id", 5],
    ["id", 7],
    ["id", 8],
  ]);
});

test("a number outside goes to the nearer end once it is written, and half a number is sent nowhere", async () => {
  const view = await setUp(input(range, 3));
  const field = view.findAll<HTMLInputElement>("input")[1];
  await view.type(field, "70");
  await view.frame();
  expect(view.sent).toEqual([]);
  await view.fire(field, change());
  await view.frame();
  expect([field.value, view.sent]).toEqual(["10", [["id", 10]]]);
});

test("a dragged value is sent ahead of the browser's own event, not again with it, and taken back if it never comes", async () => {
  document.documentElement.style.fontSize = "16px";
  const view = await setUp(input(range, 3));
  const slider = view.find<HTMLInputElement>("input");
  slider.getBoundingClientRect = () => new DOMRect(100, 0, 116, 24);
  const dragTo = (clientX: number) => view.fire(slider, new MouseEvent("pointerrawupdate", { clientX }));
  const rest = async () => {
    await view.frame();
    await view.frame();
  };
  await dragTo(148);
  expect(view.sent).toEqual([]);
  await view.fire(slider, new Event("pointerdown", { bubbles: true }));
  await dragTo(148);
  expect([slider.value, view.sent]).toEqual(["3", [["id", 4]]]);
  await view.type(slider, "4");
  await rest();
  expect([slider.value, view.sent]).toEqual(["4", [["id", 4]]]);
  await dragTo(999);
  await rest();
  await view.fire(slider, new Event("pointercancel", { bubbles: true }));
  await rest();
  expect(view.sent.slice(1)).toEqual([
    ["id", 10],
    ["id", 4],
  ]);
});

test("a slider plays step by step to its end, and from the beginning when it stood there", async () => {
  vi.useFakeTimers();
  const view = await setUp(input({ ...range, max: 5, play: 300 } as Control, 3));
  const slider = view.find<HTMLInputElement>("input");
  const button = () => view.find<HTMLButtonElement>(".control-play");
  const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
  await view.fire(button(), click());
  expect(button().title).toBe("Pause");
  await pass(310);
  expect(slider.value).toBe("4");
  await pass(1500);
  expect([slider.value, button().title]).toEqual(["5", "Play"]);
  await view.fire(button(), click());
  await pass(10);
  expect(slider.value).toBe("0");
  await view.fire(button(), click());
  await pass(2000);
  expect([slider.value, button().title]).toEqual(["0", "Play"]);
  vi.useRealTimers();
});

test("arrow keys move a slider by its step", async () => {
  const view = await setUp(input(range, 3));
  const slider = view.find<HTMLInputElement>("input");
  await view.fire(slider, keyDown("ArrowUp"));
  await view.fire(slider, keyDown("ArrowUp"));
  await view.fire(slider, keyDown("PageDown"));
  await view.frame();
  await view.frame();
  expect(view.sent).toEqual([
    ["id", 4],
    ["id", 0],
  ]);
  expect(slider.value).toBe("0");
});

test("a key's value is shown with its answer, without which it is shown all the same", async () => {
  const view = await setUp(input(range, 3));
  const slider = view.find<HTMLInputElement>("input");
  await view.fire(slider, keyDown("ArrowUp"));
  expect([slider.value, view.sent]).toEqual(["3", [["id", 4]]]);
  await view.echo(input(range, 4));
  expect(slider.value).toBe("4");
  await view.fire(slider, keyDown("ArrowUp"));
  expect(slider.value).toBe("4");
  await view.frame();
  await view.frame();
  expect(slider.value).toBe("5");
});

test("late echoes never move a slider back, and a value the kernel chose does move it", async () => {
  const view = await setUp(input(range, 3));
  const slider = view.find<HTMLInputElement>("input");
  await view.fire(slider, new Event("pointerdown", { bubbles: true }));
  for (const value of ["4", "5", "6"]) {
    await view.type(slider, value);
    await view.frame();
  }
  await view.echo(input(range, 4));
  expect(slider.value).toBe("6");
  await view.fire(slider, new Event("pointerup", { bubbles: true }));
  await view.echo(input(range, 5));
  expect(slider.value).toBe("6");
  await view.echo(input(range, 6));
  await view.echo(input(range, 1));
  expect(slider.value).toBe("1");
});

test("while the pointer is down the kernel moves nothing", async () => {
  const view = await setUp(input(range, 3));
  const slider = view.find<HTMLInputElement>("input");
  await view.fire(slider, new Event("pointerdown", { bubbles: true }));
  await view.echo(input(range, 9));
  expect(slider.value).toBe("3");
});

test("another input id is another control, with its own value", async () => {
  const view = await setUp(input(range, 3));
  await view.type(view.find<HTMLInputElement>("input"), "7");
  await view.type(view.find<HTMLInputElement>("input"), "8");
  await view.echo(input(range, 3, { inputId: "other" }));
  expect(view.find<HTMLInputElement>("input").value).toBe("3");
  await view.frame();
  await view.frame();
  expect(view.sent).toEqual([["id", 7]]);
});

test("a slider that feeds a training waits for a rest", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const view = await setUp(input({ ...range, debounce: 300 }, 3));
  await view.type(view.find<HTMLInputElement>("input"), "7");
  await view.frame();
  expect(view.sent).toEqual([]);
  vi.advanceTimersByTime(300);
  vi.useRealTimers();
  expect(view.sent).toEqual([["id", 7]]);
});

test("a number field that is emptied has no number", async () => {
  const view = await setUp(input({ type: "number" }, 3));
  await view.type(view.find<HTMLInputElement>("input"), "");
  await view.frame();
  expect(view.sent).toEqual([["id", undefined]]);
});

test("choices go back as indices", async () => {
  const menu = await setUp(input({ type: "select", options: ["a", "b"], multiple: false }, 0));
  const select = menu.find<HTMLSelectElement>("select");
  select.value = "1";
  await menu.fire(select, change());
  await menu.frame();
  const list = await setUp(input({ type: "select", options: ["a", "b", "c"], multiple: true }, [0]));
  list.findAll<HTMLOptionElement>("option")[2].selected = true;
  await list.fire(list.find("select"), change());
  await list.frame();
  const radio = await setUp(input({ type: "radio", options: ["a", "b"] }, null));
  await radio.fire(radio.findAll("input")[1], click());
  await radio.frame();
  const boxes = await setUp(input({ type: "checkbox", options: ["a", "b", "c"] }, [2]));
  await boxes.fire(boxes.findAll("input")[0], click());
  await boxes.frame();
  const toggle = await setUp(input({ type: "toggle" }, false));
  await toggle.fire(toggle.find("[role=switch]"), click());
  await toggle.frame();
  expect([menu, list, radio, boxes, toggle].map(({ sent }) => sent)).toEqual([
    [["id", 1]],
    [["id", [0, 2]]],
    [["id", 1]],
    [["id", [0, 2]]],
    [["id", true]],
  ]);
});

test("a menu without a choice shows none", async () => {
  const view = await setUp(input({ type: "select", options: ["a"], multiple: false }, null));
  expect(view.find<HTMLSelectElement>("select").value).toBe("");
});

test("options that are disabled by name cannot be chosen, and the others can", async () => {
  const options = [{ en: "one", ko: "하나" }, "two"];
  const view = await setUp(input({ type: "radio", options, disabled: ["하나"] }, null));
  expect(view.findAll<HTMLInputElement>("input").map(({ disabled }) => disabled)).toEqual([true, false]);
});

test("text is sent as it is written, but not in the middle of a Hangul syllable", async () => {
  const view = await setUp(input({ type: "text" }, ""));
  const field = view.find<HTMLInputElement>("input");
  await view.fire(field, new CompositionEvent("compositionstart", { bubbles: true }));
  field.value = "ㅎ";
  await view.fire(field, new InputEvent("input", { bubbles: true, isComposing: true }));
  await view.frame();
  expect(view.sent).toEqual([]);
  field.value = "한";
  await view.fire(field, new CompositionEvent("compositionend", { bubbles: true }));
  await view.frame();
  expect(view.sent).toEqual([["id", "한"]]);
});

test("text that is submitted waits for Enter or the button", async () => {
  const view = await setUp(input({ type: "text", submit: true }, "a"));
  const field = view.find<HTMLInputElement>("input");
  const button = view.find<HTMLButtonElement>("button");
  expect(button.disabled).toBe(true);
  await view.type(field, "ab");
  await view.frame();
  expect(view.sent).toEqual([]);
  await view.fire(button, click());
  await view.type(field, "abc");
  await view.fire(field, keyDown("Enter"));
  expect(view.sent).toEqual([
    ["id", "ab"],
    ["id", "abc"],
  ]);
});

test("text that breaks the control's rules is not sent and the reader is told why", async () => {
  const view = await setUp(input({ type: "text", pattern: "[0-9]+" }, "1"));
  const field = view.find<HTMLInputElement>("input");
  await view.type(field, "x");
  await view.frame();
  expect(view.sent).toEqual([]);
  expect(view.find(".control-invalid").textContent).toBe("This does not have the form that is asked for.");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  await view.type(field, "12");
  await view.frame();
  expect([view.sent, view.find(".control-invalid").textContent]).toEqual([[["id", "12"]], ""]);
});

test("what the kernel refuses is said at the field", async () => {
  const view = await setUp(
    input({ type: "textarea", label: "Text" }, "x", { invalid: { en: "too short", ko: "짧음" } }),
  );
  const field = view.find<HTMLTextAreaElement>("textarea");
  const message = view.find(`#${field.getAttribute("aria-describedby")}`);
  expect(message.textContent).toBe("too short");
  expect(view.find<HTMLLabelElement>("label").htmlFor).toBe(field.id);
});

test("each press of a button is sent as its index", async () => {
  const view = await setUp(input({ type: "button", buttons: ["a", "b"] }, 0));
  await view.fire(view.findAll("button")[1], click());
  await view.fire(view.findAll("button")[1], click());
  expect(view.sent).toEqual([
    ["id", 1],
    ["id", 1],
  ]);
});

test("each child of a form sends for itself, and a locked form locks them", async () => {
  const children = [
    { key: "a", input: input({ type: "toggle" }, false, { inputId: "id.a" }) },
    { key: "b", input: input({ type: "toggle" }, false, { inputId: "id.b" }) },
  ];
  const form = input({ type: "form", children, template: "record" }, null);
  const view = await setUp(form);
  await view.fire(view.findAll("[role=switch]")[1], click());
  await view.frame();
  expect(view.sent).toEqual([["id.b", true]]);
  const locked = await setUp(form, true);
  expect(locked.findAll<HTMLInputElement>("input").every(({ disabled }) => disabled)).toBe(true);
});

test("chosen rows of a table go back as indices", async () => {
  const table = {
    kind: "table",
    columns: [{ name: "a", label: "a", type: "number" }],
    rows: [[3], [1]],
    totalRows: 2,
    pageSize: 5,
  } as const;
  const view = await setUp(input({ type: "table", table, multiple: false }, [0]));
  await view.fire(view.findAll("input")[1], click());
  await view.frame();
  expect(view.sent).toEqual([["id", [1]]]);
});

test("files go to the kernel as they are", async () => {
  const view = await setUp(input({ type: "file", multiple: true }, []));
  const field = view.find<HTMLInputElement>("input");
  const file = new File(["x"], "a.csv");
  Object.defineProperty(field, "files", { value: [file] });
  await view.fire(field, change());
  expect(view.sent).toEqual([["id", [file]]]);
});

test("controls are drawn on the server", () => {
  const html = renderToString(<ControlView output={input(range, 3)} language="ko" onValue={() => {}} />);
  expect(html).toContain("비율");
});
