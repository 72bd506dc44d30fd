import { LearnerError, type Localized } from "../../error.ts";

/** A file of a checkpoint that cannot be what its name says. `given` says why. */
export function unreadable(where: string, given: Localized): LearnerError {
  return new LearnerError({
    code: "unreadable-file",
    where,
    given,
    expected: {
      en: "A whole checkpoint, as `saveCheckpoint` writes it: model.safetensors, config.json, and tokenizer.json where there is a tokenizer.",
      ko: "`saveCheckpoint`가 쓴 온전한 체크포인트, 곧 model.safetensors, config.json, 토크나이저가 있으면 tokenizer.json까지 있어야 합니다.",
    },
    remedy: {
      en: "Fetch or save it again; a file that was cut short while it was copied has lost its end.",
      ko: "다시 받거나 저장하십시오. 복사하다가 잘린 파일은 끝부분이 없습니다.",
    },
  });
}
