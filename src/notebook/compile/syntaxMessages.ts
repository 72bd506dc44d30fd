/**
 * A parser's message in Korean: by TypeScript's number where the fault is TypeScript's, by its wording where it is
 * Acorn's. A message that is not listed stays English, which is better than a vague sentence.
 */
export function koreanSyntaxMessage(message: string, number?: number): string {
  const quoted = message.match(/'([^']*)'/)?.[1] ?? "";
  const translated = (number === undefined ? undefined : byNumber[number]) ?? byWording(message);
  return translated?.replace("%", () => quoted) ?? message;
}

const byNumber: Readonly<Record<number, string>> = {
  1002: "문자열의 닫는 따옴표가 없습니다.",
  1003: "이름이 와야 할 자리입니다.",
  1005: "여기에 `%`이(가) 있어야 합니다.",
  1010: "주석을 닫는 `*/`가 없습니다.",
  1011: "대괄호 안에 인덱스가 있어야 합니다.",
  1012: "여기에 올 수 없는 기호입니다.",
  1068: "클래스 안에서 여기에 올 수 없는 기호입니다.",
  1109: "여기에 식이 있어야 합니다.",
  1110: "여기에 타입이 있어야 합니다.",
  1126: "코드가 중간에 끝났습니다.",
  1127: "코드에 쓸 수 없는 문자입니다.",
  1128: "여기에 선언이나 문장이 있어야 합니다.",
  1131: "여기에 속성이 있어야 합니다.",
  1134: "여기에 변수 선언이 있어야 합니다.",
  1135: "여기에 인수가 있어야 합니다.",
  1136: "여기에 속성과 값이 있어야 합니다.",
  1137: "여기에 식이나 쉼표가 있어야 합니다.",
  1138: "여기에 매개변수가 있어야 합니다.",
  1160: "템플릿 문자열의 닫는 백틱이 없습니다.",
  1161: "정규식을 닫는 `/`가 없습니다.",
  1359: "`%`은(는) 예약어이므로 이름으로 쓸 수 없습니다.",
  1389: "`%`은(는) 변수 이름으로 쓸 수 없습니다.",
  1434: "여기에 올 수 없는 단어입니다.",
  1435: "알 수 없는 단어입니다. `%`을(를) 쓰려던 것인지 확인해 보십시오.",
  1472: "`try` 뒤에 `catch`나 `finally`가 있어야 합니다.",
  1489: "십진수는 0으로 시작할 수 없습니다.",
};

const wordings: readonly (readonly [RegExp, string])[] = [
  [/^Identifier '.*' has already been declared/, "`%`이(가) 이미 선언되어 있습니다."],
  [/^Unexpected token/, "여기에 올 수 없는 기호입니다."],
  [/^Unexpected character/, "코드에 쓸 수 없는 문자입니다."],
  [/^Assigning to rvalue/, "등호 왼쪽에는 값을 넣을 수 있는 이름이나 속성이 있어야 합니다."],
  [/^Unterminated string/, "문자열의 닫는 따옴표가 없습니다."],
  [/^Unterminated template/, "템플릿 문자열의 닫는 백틱이 없습니다."],
  [/^Invalid regular expression/, "정규식이 올바르지 않습니다."],
  [/^Unsyntactic (break|continue)/, "`break`와 `continue`는 반복문 안에서만 쓸 수 있습니다."],
  [/^The keyword '.*' is reserved/, "`%`은(는) 예약어이므로 이름으로 쓸 수 없습니다."],
  [
    /^(Cannot use keyword 'await'|Can not use keyword 'await')/,
    "`await`는 `async` 함수 안이나 셀의 최상위에서 쓸 수 있습니다.",
  ],
  [/^Deleting local variable/, "변수는 `delete`로 지울 수 없습니다."],
];

function byWording(message: string): string | undefined {
  return wordings.find(([wording]) => wording.test(message))?.[1];
}
