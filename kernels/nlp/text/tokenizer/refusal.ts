import { LearnerError } from "../../error.ts";

/** Why something is no tokenizer.json that this library can run. */
export function refuse(en: string, ko: string): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where: "Tokenizer.fromJSON",
    given: { en, ko },
    expected: {
      en: "The content of a tokenizer.json, as Hugging Face's Tokenizers or `toJSON` write it.",
      ko: "허깅페이스 Tokenizers나 `toJSON`이 쓰는 tokenizer.json의 내용이어야 합니다.",
    },
    remedy: {
      en: "Look at the file; what was cut short while it was downloaded must be fetched again.",
      ko: "파일을 확인하고, 내려받다가 잘렸다면 다시 받으십시오.",
    },
  });
}

export type Plain = Readonly<Record<string, unknown>>;

export function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
