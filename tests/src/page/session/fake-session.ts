import type { Session } from "../../../../src/page/session/index.ts";
import { createSession } from "../../../../src/page/session/index.ts";
import type { CellId } from "../../../../src/notebook/notebook.ts";
import { createFakeClock } from "./fake-clock.ts";
import type { FakeClock } from "./fake-clock.ts";
import { createFakeKernels } from "./fake-kernel.ts";
import type { FakeKernels } from "./fake-kernel.ts";
import { createLecture, toProgram } from "./fake-lecture.ts";
import type { CellSpec } from "./fake-lecture.ts";

export interface FakeSession {
  readonly session: Session;
  readonly clock: FakeClock;
  readonly kernels: FakeKernels;
  /** What the compiler was given, as "id: source". */
  readonly compiled: string[];
}

/** A session with a kernel, a compiler and a clock that the test moves. */
export function createFakeSession(cells: Readonly<Record<string, CellSpec>>): FakeSession {
  const clock = createFakeClock();
  const kernels = createFakeKernels();
  const compiled: string[] = [];
  const session = createSession({
    lecture: createLecture(cells),
    startKernel: kernels.startKernel,
    clock,
    getDate: () => 1000,
    loadCompiler: () =>
      Promise.resolve({
        compile({ id, source }) {
          compiled.push(`${id}: ${source}`);
          return Promise.resolve(toProgram(id, { source }));
        },
        link: (programs) => programs,
      }),
  });
  return { session, clock, kernels, compiled };
}

export const cell = (id: string): CellId => id as CellId;
