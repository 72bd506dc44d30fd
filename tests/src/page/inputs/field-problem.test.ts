import { expect, test } from "vitest";
import { maybeFieldProblem } from "../../../../src/page/inputs/field-problem.ts";

const fine = {
  valid: true,
  valueMissing: false,
  tooShort: false,
  tooLong: false,
  patternMismatch: false,
  typeMismatch: false,
};

test("a fine value has no problem, and each problem has words in the reader's language", () => {
  expect(maybeFieldProblem(fine, { language: "en" })).toBeUndefined();
  const short = { ...fine, valid: false, tooShort: true };
  expect(maybeFieldProblem(short, { language: "en", minlength: 3 })).toBe("Write at least 3 characters.");
  const missing = { ...fine, valid: false, valueMissing: true };
  expect(maybeFieldProblem(missing, { language: "ko" })).toBe("내용을 입력하십시오.");
  expect(maybeFieldProblem({ ...fine, valid: false }, { language: "en" })).toBe("This value is not valid.");
});
