import { LearnerError } from "../../error.ts";
import { loadCheckpoint, type LoadedCheckpoint } from "./checkpoint.ts";

/** Without the first two there is no model. */
const NEEDED = ["config.json", "model.safetensors"] as const;

/**
 * The model in a folder on a web server, with its tokenizer and labels where it has them. The course ships small models
 * in its own `models/`: `models/index.json` lists them. In a cell whatever `fetch` may ask will do, so a folder of a host
 * that the reader has allowed, too.
 *
 * It asks for config.json, model.safetensors and tokenizer.json of the folder. Whoever loads the model disposes of it; in
 * a cell that happens when the cell runs again.
 *
 * @ko 주소로 가리킨 폴더에서 모델과 토크나이저를 불러옵니다. 강좌에 들어 있는 작은 모델은 "models/이름"에 있습니다.
 * @example
 * const { model, tokenizer, labels } = await fetchCheckpoint("models/emotion-ko");
 * @throws Where there is no model in the folder, or one of its files cannot be read.
 */
export async function fetchCheckpoint(folder: string): Promise<LoadedCheckpoint> {
  const base = folder.replace(/\/+$/, "");
  const [config, weights, tokenizer] = await Promise.all(
    [...NEEDED, "tokenizer.json"].map(async (name) => ({
      name,
      response: await globalThis.fetch(`${base}/${name}`),
    })),
  );
  for (const { name, response } of [config, weights])
    if (!response.ok) throw noModel(base, { name, status: response.status });
  const kept = [config, weights, ...(tokenizer.response.ok ? [tokenizer] : [])];
  const files = await Promise.all(
    kept.map(async ({ name, response }) => [name, new Uint8Array(await response.arrayBuffer())] as const),
  );
  return loadCheckpoint(new Map(files));
}

function noModel(folder: string, { name, status }: { name: string; status: number }): LearnerError {
  return new LearnerError({
    code: "missing-file",
    where: "fetchCheckpoint",
    given: {
      en: `${folder}/${name} was answered with status ${status}.`,
      ko: `${folder}/${name} 요청에 상태 ${status}이(가) 돌아왔습니다.`,
    },
    expected: {
      en: `A folder with ${NEEDED.join(" and ")} was expected.`,
      ko: `폴더에 ${NEEDED.join(", ")} 파일이 있어야 합니다.`,
    },
    remedy: {
      en: 'models/index.json lists the models that the course ships: "models/emotion-ko", for instance.',
      ko: '강좌에 들어 있는 모델은 models/index.json에 적혀 있습니다. 예: "models/emotion-ko".',
    },
  });
}
