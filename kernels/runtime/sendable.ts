/** Updates of which every output can cross the boundary to the page. */
import type { Output } from "./display/output.ts";
import type { CellUpdate } from "./protocol.ts";

/** The updates with an error in the place of each output that cannot be sent; undefined when it was none of them. */
export function toSendable(updates: readonly CellUpdate[]): CellUpdate[] | undefined {
  let refused = 0;
  const sendable = updates.map((update) => ({
    ...update,
    outputs: update.outputs?.map(({ slot, output }) => {
      const problem = findProblem(output);
      if (problem === undefined) return { slot, output };
      refused += 1;
      return { slot, output: refuse(update.cell, problem) };
    }),
  }));
  return refused > 0 ? sendable : undefined;
}

function findProblem(output: Output): string | undefined {
  try {
    structuredClone(output);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function refuse(cell: string, problem: string): Output {
  return {
    kind: "error",
    error: {
      name: "DisplayError",
      text: {
        en: `This output cannot be sent to the page: ${problem} Show numbers, text, lists and records of them.`,
        ko: `이 출력은 페이지로 보낼 수 없습니다. (${problem}) 수, 글, 목록, 레코드로 된 값을 보여야 합니다.`,
      },
      cell,
    },
  };
}
