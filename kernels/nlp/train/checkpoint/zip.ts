/** A checkpoint as one file: a zip of what stands in its folder. */
import { unzipSync, zipSync } from "fflate";
import { unreadable } from "./unreadable.ts";

/** Files of a checkpoint by name. */
export type CheckpointFiles = ReadonlyMap<string, Uint8Array>;

/** What a checkpoint may hold; the last are of the model hub and are kept, though nothing here reads them. */
const KNOWN = [
  "model.safetensors",
  "config.json",
  "tokenizer.json",
  "README.md",
  "tokenizer_config.json",
  "generation_config.json",
  "special_tokens_map.json",
];
const MOST_BYTES = 512 * 1024 * 1024;
const MOST_FILES = 64;

/**
 * One zip of a checkpoint's files, to be downloaded or kept.
 *
 * @ko 체크포인트의 파일들을 zip 하나로 묶습니다.
 */
export function packCheckpoint(files: CheckpointFiles): Uint8Array {
  // Weights do not get smaller by compressing.
  return zipSync(Object.fromEntries(files), { level: 0 });
}

/**
 * The files of a zip from `packCheckpoint`, or of one folder of the model hub. Refused are files that unpack to more than
 * 512 MB, names that lead out of the folder, and whatever belongs to no checkpoint.
 *
 * @ko zip에서 체크포인트의 파일들을 꺼냅니다. 폴더 밖을 가리키는 이름이나 지나치게 커지는 파일은 거부합니다.
 */
export function unpackCheckpoint(zip: Uint8Array): Map<string, Uint8Array> {
  let bytes = 0;
  let count = 0;
  const names = new Set<string>();
  let unpacked: Record<string, Uint8Array>;
  try {
    unpacked = unzipSync(zip, {
      filter({ name, originalSize }) {
        if (name.endsWith("/")) return false;
        checkName(name);
        const own = fileName(name);
        if (names.has(own)) throw refuse(`"${own}" is in it twice.`, `"${own}"이(가) 두 번 들어 있습니다.`);
        names.add(own);
        bytes += originalSize;
        count += 1;
        if (bytes > MOST_BYTES || count > MOST_FILES) {
          throw refuse(
            `It would unpack to more than ${MOST_BYTES / 2 ** 20} MB or ${MOST_FILES} files.`,
            `풀면 ${MOST_BYTES / 2 ** 20}MB나 파일 ${MOST_FILES}개를 넘습니다.`,
          );
        }
        return true;
      },
    });
  } catch (error) {
    if (error instanceof Error && "text" in error) throw error;
    throw refuse(
      `It is no zip, or was cut short: ${(error as Error).message}.`,
      `zip이 아니거나 잘렸습니다: ${(error as Error).message}.`,
    );
  }
  const files = new Map(Object.entries(unpacked).map(([name, content]) => [fileName(name), content]));
  for (const needed of ["model.safetensors", "config.json"]) {
    if (!files.has(needed)) throw refuse(`It holds no ${needed}.`, `${needed}이(가) 없습니다.`);
  }
  return files;
}

/** A file directly in the zip, or in the one folder that it holds. */
function checkName(name: string): void {
  const parts = name.split("/");
  const inside = !name.includes("\\") && !name.startsWith("/") && !parts.includes("..") && parts.length <= 2;
  if (!inside) {
    throw refuse(
      `It holds "${name}", which lies outside of a checkpoint's folder.`,
      `체크포인트 폴더를 벗어나는 "${name}"이(가) 들어 있습니다.`,
    );
  }
  if (!KNOWN.includes(fileName(name))) {
    throw refuse(
      `It holds "${name}", which belongs to no checkpoint.`,
      `체크포인트에 속하지 않는 "${name}"이(가) 들어 있습니다.`,
    );
  }
}

function fileName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function refuse(en: string, ko: string) {
  return unreadable("unpackCheckpoint", { en, ko });
}
