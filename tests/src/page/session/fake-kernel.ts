import type { Output } from "../../../../kernels/runtime/display/output.ts";
import type { CellUpdate, FromKernel, ToKernel } from "../../../../kernels/runtime/protocol.ts";
import type { CellId } from "../../../../src/notebook/notebook.ts";
import type { KernelStart, StartKernel } from "../../../../src/page/session/index.ts";

/** One kernel that was started: what it was told, and a mouth for the test to speak with. */
export interface FakeKernel {
  readonly start: KernelStart;
  readonly sent: ToKernel[];
  terminated: boolean;
  say(message: FromKernel): void;
  update(update: Omit<CellUpdate, "cell"> & { cell: string }): void;
  /** Answers the last question of this type. */
  answer(type: "interrupt" | "value", value: unknown): void;
}

export interface FakeKernels {
  readonly startKernel: StartKernel;
  readonly all: FakeKernel[];
  readonly last: FakeKernel;
}

export function createFakeKernels(): FakeKernels {
  const all: FakeKernel[] = [];
  return {
    all,
    get last() {
      const kernel = all.at(-1);
      if (!kernel) throw new Error("No kernel was started.");
      return kernel;
    },
    startKernel(start) {
      const kernel: FakeKernel = {
        start,
        sent: [],
        terminated: false,
        say: start.onMessage,
        update: (update) =>
          start.onMessage({
            type: "cells",
            updates: [{ ...update, cell: update.cell as CellId }],
            atRest: false,
          }),
        answer(type, value) {
          const question = kernel.sent.findLast((message) => message.type === type);
          if (!question || !("id" in question)) throw new Error(`The kernel was not asked for "${type}".`);
          start.onMessage({ type: "reply", id: question.id, result: { ok: true, value } });
        },
      };
      all.push(kernel);
      return Promise.resolve({
        send: (message) => void kernel.sent.push(message),
        terminate: () => (kernel.terminated = true),
      });
    },
  };
}

export const text = (words: string): Output => ({ kind: "text", text: words });

export const radio = (inputId: string, value: unknown): Output => ({
  kind: "input",
  inputId,
  value,
  control: { type: "radio", options: ["a", "b", "c"] },
});
