// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import type { TrainingOutput } from "../../../../kernels/runtime/display/output.ts";
import { TrainingBoard } from "../../../../src/outputs/training/training-board.tsx";
import { mount } from "../mount.ts";

const output: TrainingOutput = {
  kind: "training",
  epoch: 2,
  epochs: 4,
  step: 3,
  totalSteps: 8,
  done: false,
  curves: { step: [1, 2, 3], loss: [3, 2, 1], lr: [1, 1, 1], gradNorm: [1, 1, 1] },
  validation: { step: [2], metrics: [{ name: "accuracy", values: [0.5] }] },
  rate: 12345.6,
  unit: "tokens",
  remaining: 65,
};

beforeEach(() => {
  vi.stubGlobal("IntersectionObserver", class { observe() {} disconnect() {} }); // prettier-ignore
});

test("the board tells the epoch, the steps, the speed and the time left", async () => {
  const view = await mount(<TrainingBoard output={output} language="en" theme="light" />);
  for (const fact of ["Epoch 2 of 4", "3 / 8 steps", "12,300 tokens/s", "about 1 min 10 s left"])
    expect(view.element.textContent).toContain(fact);
  await view.update(<TrainingBoard output={output} language="ko" theme="light" />);
  for (const fact of ["에폭 2/4", "초당 토큰 12,300개"]) expect(view.element.textContent).toContain(fact);
});

test("figures of the learning rate and the gradient come when they are asked for, and a choice of ghosts with the second run", async () => {
  const view = await mount(<TrainingBoard output={output} language="en" theme="light" />);
  const boxes = () => view.findAll<HTMLInputElement>("input[type=checkbox]");
  expect([view.findAll(".figure").length, boxes().length]).toEqual([2, 2]);
  boxes()[1].checked = true;
  await view.fire(boxes()[1], new Event("change", { bubbles: true }));
  await view.fire(boxes()[1], new Event("input", { bubbles: true }));
  expect(view.findAll(".figure")).toHaveLength(4);
  const again = { ...output, step: 1, curves: { step: [1], loss: [2.5], lr: [1], gradNorm: [1] } };
  await view.update(<TrainingBoard output={again} language="en" theme="light" />);
  expect(boxes()).toHaveLength(3);
});
