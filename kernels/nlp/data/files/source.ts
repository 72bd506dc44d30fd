/** Where a reader's bytes come from: a URL, or a file of the learner's own. */
import { LearnerError, type Localized } from "../../error.ts";
import { decodeText, type DecodedText, type DecodeTextOptions } from "./encoding.ts";

/** Whatever gives its bytes: a `File` that was dropped onto the page, a `Blob`, a `Response`. */
export interface ByteSource {
  readonly name?: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A URL ("data/mine.tsv" or a whole address), or a file. A text that is there already goes to a `parse…` function. */
export type DataSource = string | URL | ByteSource;

export interface SourceText extends DecodedText {
  /** The file's name, or the last part of the URL; "" if there is none. */
  readonly name: string;
}

/** What the `read…` functions add to what the `parse…` functions return. */
export type FromFile<Parsed> = Parsed & { readonly name: string; readonly encoding: string };

/**
 * The text of a file or of a URL, which is asked for by the global `fetch`: in a notebook the page answers it.
 *
 * @ko 파일이나 URL의 글을 인코딩을 알아내어 가져옵니다.
 * @example const { text, encoding } = await readText("data/emotion/emotion.ko.tsv")
 */
export function readText(source: DataSource, options: DecodeTextOptions = {}): Promise<SourceText> {
  return loadText(source, { ...options, where: "readText" });
}

/** `readText` under the name of the function that the learner called. */
export async function loadText(
  source: DataSource,
  { where, encoding }: DecodeTextOptions & { readonly where: string },
): Promise<SourceText> {
  const { name, bytes } = await loadBytes(source, where);
  checkIsText(bytes, { name, where });
  return { ...decodeText(bytes, { encoding }), name };
}

async function loadBytes(source: DataSource, where: string): Promise<{ name: string; bytes: Uint8Array }> {
  if (typeof source === "string" || source instanceof URL) {
    const url = String(source);
    if (/[\n\t\r]/.test(url)) throw textForUrl(where);
    const response = await globalThis.fetch(url);
    if (!response.ok) throw missingFile(url, { where, status: response.status });
    const name = url.replace(/[?#].*$/, "").replace(/^.*\//, "");
    return { name, bytes: new Uint8Array(await response.arrayBuffer()) };
  }
  if (typeof source?.arrayBuffer !== "function") throw noSource(source, where);
  return { name: source.name ?? "", bytes: new Uint8Array(await source.arrayBuffer()) };
}

/** How files begin that hold data and no text, and that people drop all the same. */
const SIGNATURES: readonly (readonly [signature: string, kind: Localized])[] = [
  [
    "PK\u0003\u0004",
    { en: "an archive: a zip file, or an Excel or Word file", ko: "압축 파일(zip, 또는 엑셀·워드 파일)" },
  ],
  ["\u001f\u008b", { en: "compressed by gzip", ko: "gzip으로 압축한 파일" }],
  ["%PDF", { en: "a PDF", ko: "PDF" }],
  ["PAR1", { en: "a Parquet file", ko: "Parquet 파일" }],
];

function checkIsText(bytes: Uint8Array, { name, where }: { name: string; where: string }): void {
  const begin = String.fromCharCode(...bytes.subarray(0, 4));
  const kind = SIGNATURES.find(([signature]) => begin.startsWith(signature))?.[1];
  if (!kind) return;
  throw new LearnerError({
    code: "malformed-table",
    where,
    given: { en: `The file ${name} is ${kind.en}.`, ko: `파일 ${name}은(는) ${kind.ko}입니다.` },
    expected: { en: "It must be a text file.", ko: "글로 된 파일이어야 합니다." },
    remedy: {
      en: "Unpack it, or save the table as CSV (UTF-8) and take that file.",
      ko: "압축을 풀거나, 표를 CSV(UTF-8)로 저장한 파일을 쓰십시오.",
    },
  });
}

function textForUrl(where: string): LearnerError {
  const parse = where.replace("read", "parse");
  return new LearnerError({
    code: "wrong-option",
    where,
    given: {
      en: "The source is a text of several lines or columns.",
      ko: "여러 줄이나 여러 열의 글을 받았습니다.",
    },
    expected: { en: "It must be a URL or a file.", ko: "URL이나 파일이어야 합니다." },
    remedy:
      where === "readText"
        ? { en: "This is the text already: use it as it is.", ko: "이미 글이므로 그대로 쓰십시오." }
        : {
            en: `Give the text itself to \`${parse}\`.`,
            ko: `글 자체는 \`${parse}\`에 넘기십시오.`,
          },
  });
}

function noSource(source: unknown, where: string): LearnerError {
  const nothing = source === null || source === undefined;
  return new LearnerError({
    code: nothing ? "empty-input" : "wrong-option",
    where,
    given: {
      en: nothing ? "There is no file." : `The source is of type ${typeof source}.`,
      ko: nothing ? "파일이 없습니다." : `받은 것의 종류가 ${typeof source}입니다.`,
    },
    expected: {
      en: "It must be a URL, or a file as `Inputs.file` gives it.",
      ko: "URL이거나 `Inputs.file`이 주는 파일이어야 합니다.",
    },
    remedy: {
      en: "Until a reader has chosen a file its value is `null`: write `file && await readDataset(file)`.",
      ko: "파일을 고르기 전의 값은 `null`입니다. `file && await readDataset(file)`처럼 쓰십시오.",
    },
  });
}

function missingFile(url: string, { where, status }: { where: string; status: number }): LearnerError {
  return new LearnerError({
    code: "missing-file",
    where,
    given: {
      en: `${url} was answered with status ${status}.`,
      ko: `${url} 요청에 상태 ${status}이(가) 돌아왔습니다.`,
    },
    expected: { en: "The file should be there.", ko: "파일이 있어야 합니다." },
    remedy: {
      en: "Check the address. A path such as data/mine.tsv begins at the course's folder.",
      ko: "주소를 확인하십시오. data/mine.tsv 같은 경로는 강좌 폴더에서 시작합니다.",
    },
  });
}
