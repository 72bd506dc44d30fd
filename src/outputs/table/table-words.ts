import { formatNumber } from "../number-format.ts";

/** What a table says around its rows. */
export const TABLE_WORDS = {
  en: {
    label: "Table",
    filter: "Filter rows",
    none: "No row holds these words.",
    empty: "This table has no rows.",
    copy: "Copy",
    copied: "Copied",
    copyFailed: "The browser did not allow the copy. Select the rows and copy them with the keyboard.",
    previous: "Previous page",
    next: "Next page",
    yes: "yes",
    no: "no",
    selectRow: (row: number) => `Select row ${row}`,
    selectAll: "Select all rows shown",
    selection: "Selection",
    range: (from: number, to: number, of: number) =>
      `${formatNumber(from)}–${formatNumber(to)} of ${formatNumber(of)}`,
    rows: (count: number) => `${formatNumber(count)} ${count === 1 ? "row" : "rows"}`,
    cut: (shown: number, total: number) => `The first ${formatNumber(shown)} of ${formatNumber(total)} rows`,
  },
  ko: {
    label: "표",
    filter: "행 거르기",
    none: "이 낱말이 들어 있는 행이 없습니다.",
    empty: "행이 없는 표입니다.",
    copy: "복사",
    copied: "복사했습니다",
    copyFailed: "브라우저가 복사를 허용하지 않았습니다. 행을 선택한 뒤 키보드로 복사하십시오.",
    previous: "이전 쪽",
    next: "다음 쪽",
    yes: "예",
    no: "아니요",
    selectRow: (row: number) => `${row}번째 행 선택`,
    selectAll: "보이는 행 모두 선택",
    selection: "선택",
    range: (from: number, to: number, of: number) =>
      `${formatNumber(of)}행 중 ${formatNumber(from)}–${formatNumber(to)}`,
    rows: (count: number) => `${formatNumber(count)}행`,
    cut: (shown: number, total: number) =>
      `전체 ${formatNumber(total)}행 중 처음 ${formatNumber(shown)}행입니다`,
  },
};
