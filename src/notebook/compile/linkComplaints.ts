import type { CellId, CellProblem } from "../../../kernels/runtime/program.ts";

type Complaint = Pick<CellProblem, "code" | "text">;

export function duplicateName(name: string, cells: readonly CellId[]): Complaint {
  return {
    code: "duplicate-name",
    text: {
      en: `\`${name}\` is declared by more than one cell: ${listed(cells)}. Keep one of them, or give each its own name.`,
      ko: `\`${name}\`이(가) 여러 셀에서 선언되었습니다: ${listed(cells)}. 하나만 남기거나 서로 다른 이름을 써야 합니다.`,
    },
  };
}

/** `cells[i]` reads `names[i]` from the cell after it, the last one from the first. */
export function cycle(cells: readonly CellId[], names: readonly string[]): Complaint {
  const next = (i: number) => cells[(i + 1) % cells.length];
  return {
    code: "cycle",
    text: {
      en: `These cells wait for each other: ${cells.map((cell, i) => `${cell} reads \`${names[i]}\` from ${next(i)}`).join(", ")}. Move what they share to a cell of its own.`,
      ko: `다음 셀들이 서로를 기다립니다: ${cells.map((cell, i) => `${cell} 셀이 ${next(i)} 셀의 \`${names[i]}\`을(를) 읽음`).join(", ")}. 함께 쓰는 부분을 별도의 셀로 옮겨야 합니다.`,
    },
  };
}

export function missingName(name: string, { nearest }: { nearest: string | undefined }): Complaint {
  return {
    code: "missing-name",
    text: {
      en: `No cell declares \`${name}\`. ${nearest ? `Did you mean \`${nearest}\`?` : "Declare it in a cell, or import it."}`,
      ko: `\`${name}\`을(를) 선언한 셀이 없습니다. ${nearest ? `\`${nearest}\`을(를) 쓰려던 것인지 확인해 보십시오.` : "셀에서 선언하거나 import로 가져와야 합니다."}`,
    },
  };
}

export function nameInSolution(name: string, solution: CellId): Complaint {
  return {
    code: "missing-name",
    text: {
      en: `\`${name}\` is declared only by the solution ${solution}, which is not part of the notebook yet. Write it in the exercise, or ask for the solution.`,
      ko: `\`${name}\`은(는) 아직 노트북에 들어오지 않은 정답 셀 ${solution}에만 선언되어 있습니다. 연습 문제에서 직접 작성하거나 정답을 불러와야 합니다.`,
    },
  };
}

export function pageOnlyName(name: string): Complaint {
  return {
    code: "missing-name",
    text: {
      en: `A cell has no \`${name}\`: it runs in a worker, apart from the page and its storage. Show something with \`display(…)\`, ask for something with \`view(Inputs.…)\`.`,
      ko: `셀에는 \`${name}\`이(가) 없습니다. 셀은 페이지와 저장소에서 분리된 워커에서 실행됩니다. 보여 줄 때는 \`display(…)\`, 입력을 받을 때는 \`view(Inputs.…)\`를 써야 합니다.`,
    },
  };
}

function listed(cells: readonly CellId[]): string {
  return cells.join(", ");
}
