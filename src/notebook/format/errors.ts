/** Every error of the lecture format: its code, and its words in both languages. */
import type { Localized } from "../../../kernels/runtime/localized.ts";
import { NotebookError } from "../notebook.ts";

const texts = {
  "duplicate-id": ({ id, firstLine }: { id: string; firstLine: number }): Localized => ({
    en: `Two cells have the id "${id}"; the first is on line ${firstLine}. Give this one an id of its own.`,
    ko: `id가 "${id}"인 셀이 둘 있습니다. 첫 번째는 ${firstLine}번째 줄에 있습니다. 이 셀에 다른 id를 붙여 주십시오.`,
  }),
  "bad-id": ({ id }: { id: string }): Localized => ({
    en: `"${id}" cannot be a cell's id. An id begins with a letter and goes on with letters, digits, "-" and "_", for instance id=train-model.`,
    ko: `"${id}"은(는) 셀 id로 쓸 수 없습니다. id는 영문자로 시작하고 영문자, 숫자, "-", "_"로 이어져야 합니다. 예: id=train-model`,
  }),
  "missing-id": ({ attribute }: { attribute: string }): Localized => ({
    en: `This block has the cell attribute "${attribute}" but no id. Add id=NAME to make it a cell, or take the braces away to make it quoted code.`,
    ko: `이 블록에는 셀 속성 "${attribute}"이(가) 있지만 id가 없습니다. 셀로 만들려면 id=이름을 더하고, 인용한 코드로 두려면 중괄호를 지워 주십시오.`,
  }),
  "unknown-attribute": ({ attribute, known }: { attribute: string; known: string }): Localized => ({
    en: `A cell has no attribute "${attribute}". The attributes are ${known}.`,
    ko: `셀에 "${attribute}"(이)라는 속성은 없습니다. 쓸 수 있는 속성은 ${known}입니다.`,
  }),
  "malformed-attributes": ({ found, expected }: { found: string; expected: Localized }): Localized => ({
    en: `The cell's attributes cannot be read at ${quoteOrEnd(found).en}: ${expected.en}.`,
    ko: `셀 속성을 ${quoteOrEnd(found).ko}에서 읽을 수 없습니다. ${expected.ko}.`,
  }),
  "unknown-run": ({ value }: { value: string }): Localized => ({
    en: `run=${value} is not known. Write run=click for a cell that runs only when asked, or leave run out.`,
    ko: `run=${value}은(는) 알 수 없는 값입니다. 요청할 때만 실행할 셀이면 run=click이라고 쓰고, 아니면 run을 빼 주십시오.`,
  }),
  "unclosed-cell": ({ id, run }: { id: string; run: string }): Localized => ({
    en: `The cell "${id}" is not closed. End it with a line that holds only ${run}.`,
    ko: `셀 "${id}"이(가) 닫히지 않았습니다. ${run}만 있는 줄로 끝내 주십시오.`,
  }),
  "unknown-exercise": ({ attribute, name }: { attribute: string; name: string }): Localized => ({
    en: `${attribute}=${name} names an exercise that does not exist. Mark the cell to fill in with exercise=${name}, or correct the name.`,
    ko: `${attribute}=${name}이(가) 가리키는 연습 문제가 없습니다. 채워 넣을 셀에 exercise=${name}을(를) 붙이거나 이름을 고쳐 주십시오.`,
  }),
  "unknown-bet": ({ name }: { name: string }): Localized => ({
    en: `after=${name} names a bet that does not exist. Mark the cell with the guess as bet=${name}, or correct the name.`,
    ko: `after=${name}이(가) 가리키는 내기가 없습니다. 추측을 받는 셀에 bet=${name}을(를) 붙이거나 이름을 고쳐 주십시오.`,
  }),
  "repeated-name": ({
    attribute,
    name,
    firstLine,
  }: {
    attribute: string;
    name: string;
    firstLine: number;
  }) => ({
    en: `Two cells are marked ${attribute}=${name}; the first is on line ${firstLine}. Only one cell can be.`,
    ko: `${attribute}=${name}인 셀이 둘 있습니다. 첫 번째는 ${firstLine}번째 줄에 있습니다. 하나만 있어야 합니다.`,
  }),
  "bad-front-matter": ({ reason }: { reason: string }): Localized => ({
    en: `The front matter is not readable YAML: ${reason}`,
    ko: `머리말(front matter)의 YAML을 읽을 수 없습니다: ${reason}`,
  }),
  "unknown-cell": ({ id }: { id: string }): Localized => ({
    en: `There is no cell with the id "${id}" in this notebook.`,
    ko: `이 노트북에는 id가 "${id}"인 셀이 없습니다.`,
  }),
  "cannot-place": ({ id }: { id: string }): Localized => ({
    en: `The cell "${id}" cannot stand here: the text around it would swallow it or another cell. Close the code block or HTML block that is still open before this line.`,
    ko: `셀 "${id}"을(를) 여기에 둘 수 없습니다. 주변 글이 이 셀이나 다른 셀을 삼키게 됩니다. 이 줄 앞에서 아직 열려 있는 코드 블록이나 HTML 블록을 닫아 주십시오.`,
  }),
  "translation-missing-cell": ({ id, original }: { id: string; original: string }): Localized => ({
    en: `The translation has no cell "${id}". ${original} has it here; add its fence with an empty body.`,
    ko: `번역에 셀 "${id}"이(가) 없습니다. ${original}에는 이 자리에 있습니다. 본문을 비운 채로 울타리(fence)를 더해 주십시오.`,
  }),
  "translation-extra-cell": ({ id, original }: { id: string; original: string }): Localized => ({
    en: `The translation has a cell "${id}", which ${original} does not have. Remove it, or correct its id.`,
    ko: `번역에 있는 셀 "${id}"이(가) ${original}에는 없습니다. 지우거나 id를 고쳐 주십시오.`,
  }),
  "translation-order": ({ id, expected, original }: { id: string; expected: string; original: string }) => ({
    en: `The cell "${id}" is out of order: in ${original} the next cell here is "${expected}".`,
    ko: `셀 "${id}"의 순서가 다릅니다. ${original}에서 이 자리에 올 셀은 "${expected}"입니다.`,
  }),
  "translation-body": ({ id, original }: { id: string; original: string }): Localized => ({
    en: `The cell "${id}" has code in the translation. Code stands only in ${original}; leave the body empty here.`,
    ko: `번역의 셀 "${id}"에 코드가 들어 있습니다. 코드는 ${original}에만 둡니다. 여기서는 본문을 비워 주십시오.`,
  }),
  "translation-attribute": ({
    id,
    attribute,
    original,
  }: {
    id: string;
    attribute: string;
    original: string;
  }) => ({
    en: `The cell "${id}" has another "${attribute}" in the translation than in ${original}. Write only the id here.`,
    ko: `번역의 셀 "${id}"의 "${attribute}" 속성이 ${original}과(와) 다릅니다. 여기에는 id만 써 주십시오.`,
  }),
  "translation-prose": ({
    original,
    originalLine,
  }: {
    original: string;
    originalLine: number;
  }): Localized => ({
    en: `${original} has text from line ${originalLine} on that has no counterpart here. Write its translation between the same two cells.`,
    ko: `${original}의 ${originalLine}번째 줄부터 이어지는 글에 대응하는 글이 여기에 없습니다. 같은 두 셀 사이에 번역을 써 주십시오.`,
  }),
};

export type NotebookErrorCode = keyof typeof texts;

/** Every code, for the test that holds the codes and their pages to each other. */
export const notebookErrorCodes = Object.keys(texts) as NotebookErrorCode[];

/** The error of this code at a place, its words made from `details`. */
export function notebookError<Code extends NotebookErrorCode>(
  code: Code,
  { path, line, ...details }: { path: string; line: number } & Parameters<(typeof texts)[Code]>[0],
): NotebookError {
  const text = (texts[code] as (details: unknown) => Localized)(details);
  return new NotebookError({ path, line, code, text });
}

function quoteOrEnd(found: string): Localized {
  return found === "" ? { en: "the end of the line", ko: "줄 끝" } : { en: `"${found}"`, ko: `"${found}"` };
}
