/** What `generate` needs of a model. Nothing here knows of tensors: a model may compute with whatever it likes. */
import { LearnerError } from "../error.ts";
import type { GenerationConfig } from "./options.ts";

export type Awaitable<T> = T | Promise<T>;

/** What a model says of the next token of every row, and what it has to remember to go on. */
export interface NextTokens<State> {
  /**
   * [rows, vocabulary]: for each row a number for every token id, the larger the likelier. Logits or log-probabilities,
   * as arrays or typed arrays; −Infinity means that the token cannot come. They are read and never written to.
   */
  readonly logits: readonly ArrayLike<number>[];
  /** log Σ e^logit of each row, from a model that knows it: for others it is computed. NaN where one of the logits is. */
  readonly logSumExps?: ArrayLike<number>;
  readonly state: State;
}

/**
 * Anything that scores the next token: a table of counts, a model of this library, a model in another runtime.
 *
 * A *row* is one sequence that is being extended. `start` opens one row for each input; beam search asks for more by
 * naming a row more than once in `reorder`, and closes the rows that have ended by naming them no more.
 *
 * A state is handed over: `step` and `reorder` may free or change the one that they are given, and only the one that
 * they return is used from then on. `dispose` is called with the last one, also after an error.
 *
 * @example
 * // A bigram model: the whole of its state is the last token of each row.
 * const look = (state: number[]) => ({ state, logits: state.map((token) => logProbabilities[token]) });
 * const bigrams: NextTokenModel<number[], number[]> = {
 *   start: (prompts) => look(prompts.map((prompt) => prompt[prompt.length - 1])),
 *   step: (_, tokens) => look([...tokens]),
 * };
 */
export interface NextTokenModel<Input = readonly number[], State = unknown> {
  /**
   * Reads the inputs and what the output begins with, and scores the token after it; a row for each input.
   *
   * `prompts[i]` are the token ids with which output i begins. For a causal model they are the input itself, for an
   * encoder–decoder (`isEncoderDecoder`) the decoder's start token.
   */
  start(inputs: readonly Input[], prompts: readonly (readonly number[])[]): Awaitable<NextTokens<State>>;
  /** Extends row r by `tokens[r]` and scores the token after it. */
  step(state: State, tokens: readonly number[]): Awaitable<NextTokens<State>>;
  /**
   * The state in which new row i goes on from old row `rows[i]`. Rows may be left out and repeated. Not needed when
   * the state is an array with one element a row: then it is `rows.map((row) => state[row])`.
   */
  reorder?(state: State, rows: readonly number[]): Awaitable<State>;
  /** Frees what the state holds. It must bear a state that a failed `step` has freed in part. */
  dispose?(state: State): void;
  /** Whether inputs go to an encoder, so that the output begins with a start token. Default false. */
  readonly isEncoderDecoder?: boolean;
  /** What holds where the call says nothing else: the ids of special tokens, a length. */
  readonly generationConfig?: GenerationConfig;
}

export async function reorderState<State>(
  model: NextTokenModel<never, State>,
  { state, rows, count, where }: { state: State; rows: readonly number[]; count: number; where: string },
): Promise<State> {
  if (rows.length === count && rows.every((row, index) => row === index)) return state;
  if (model.reorder) return model.reorder(state, rows);
  if (Array.isArray(state) && state.length === count) return rows.map((row) => state[row]) as State;
  throw new LearnerError({
    code: "shape-mismatch",
    where,
    given: {
      en: `The rows must be put into another order, but the model has no \`reorder\` and its state is no array of ${count} rows.`,
      ko: `행의 순서를 바꾸어야 하는데, 모델에 \`reorder\`가 없고 상태도 행 ${count}개의 배열이 아닙니다.`,
    },
    expected: {
      en: "A state is an array with one element a row, or the model brings a `reorder(state, rows)`.",
      ko: "상태는 행마다 원소가 하나인 배열이거나, 모델에 `reorder(state, rows)`가 있어야 합니다.",
    },
    remedy: {
      en: "Keep the state as an array of rows, or write `reorder`: new row i continues old row rows[i].",
      ko: "상태를 행의 배열로 두거나 `reorder`를 작성하십시오. 새 행 i는 이전 행 rows[i]를 이어 갑니다.",
    },
  });
}

/** One row for each that was asked for, each with a number for every token; none of them NaN or +Infinity. */
export function checkLogits(
  logits: readonly ArrayLike<number>[],
  { rows, vocabSize, where }: { rows: number; vocabSize: number | undefined; where: string },
): void {
  checkRows(logits, { rows, vocabSize, where });
  checkFinite(logits, where);
}

/** One row for each that was asked for, each with a number for every token. */
export function checkRows(
  logits: readonly ArrayLike<number>[],
  { rows, vocabSize, where }: { rows: number; vocabSize: number | undefined; where: string },
): void {
  if (!Array.isArray(logits) || logits.length !== rows) throw wrongRows(logits, { rows, where });
  const columns = vocabSize ?? logits[0].length;
  logits.forEach((row: ArrayLike<number>, index) => {
    if (!(row.length === columns && columns > 0)) throw wrongColumns(index, { row, columns, where });
  });
}

/** None of the numbers is NaN or +Infinity. */
export function checkFinite(logits: readonly ArrayLike<number>[], where: string): void {
  for (const [index, row] of logits.entries()) {
    for (let token = 0; token < row.length; token++) {
      const value = row[token];
      if (!(value < Infinity)) throw notFinite(value, { row: index, token, where });
    }
  }
}

function wrongRows(
  logits: { readonly length: number },
  { rows, where }: { rows: number; where: string },
): LearnerError {
  return new LearnerError({
    code: "shape-mismatch",
    where,
    given: {
      en: `The model's \`logits\` hold ${String(logits?.length)} rows.`,
      ko: `모델의 \`logits\`에 행이 ${String(logits?.length)}개 있습니다.`,
    },
    expected: {
      en: `Now ${rows} sequences are being extended: an array of ${rows} rows is needed.`,
      ko: `지금 이어 가는 시퀀스가 ${rows}개이므로 행 ${rows}개의 배열이 필요합니다.`,
    },
    remedy: {
      en: "Return one row for each token in `tokens` (in `start`: for each prompt); a flat array is cut into rows with `toRows(array, vocabSize)`.",
      ko: "`tokens`의 토큰마다(`start`에서는 프롬프트마다) 행을 하나씩 돌려주십시오. 한 줄로 된 배열은 `toRows(array, vocabSize)`로 행으로 자릅니다.",
    },
  });
}

function wrongColumns(
  index: number,
  { row, columns, where }: { row: ArrayLike<number>; columns: number; where: string },
): LearnerError {
  return new LearnerError({
    code: "shape-mismatch",
    where,
    given: {
      en: `Row ${index} of the model's \`logits\` has ${String(row.length)} numbers.`,
      ko: `모델의 \`logits\` ${index}번 행에 수가 ${String(row.length)}개 있습니다.`,
    },
    expected: {
      en: `Every row, at every step, has one number for each token${columns > 0 ? `: ${columns}` : ""}.`,
      ko: `모든 단계의 모든 행에 토큰마다 수가 하나씩${columns > 0 ? `, 곧 ${columns}개` : ""} 있어야 합니다.`,
    },
    remedy: {
      en: "Print the lengths of the rows that `start` and `step` return.",
      ko: "`start`와 `step`이 돌려주는 행의 길이를 출력해 보십시오.",
    },
  });
}

function notFinite(
  value: number,
  { row, token, where }: { row: number; token: number; where: string },
): LearnerError {
  return new LearnerError({
    code: "not-finite",
    where,
    given: {
      en: `The model's score of token ${token} in row ${row} is ${String(value)}.`,
      ko: `모델이 ${row}번 행에서 ${token}번 토큰에 준 점수가 ${String(value)}입니다.`,
    },
    expected: {
      en: "Scores are numbers, or −Infinity for a token that cannot come.",
      ko: "점수는 수이거나, 나올 수 없는 토큰이면 −Infinity입니다.",
    },
    remedy: {
      en: "Look for a division by 0, or for weights that a training has made NaN.",
      ko: "0으로 나눈 곳이나, 학습 중에 NaN이 된 가중치가 있는지 찾아보십시오.",
    },
  });
}

/**
 * A flat array [rows · vocabulary], as tensors give it, as rows that share its memory.
 *
 * @ko 텐서에서 꺼낸 긴 배열을 어휘 크기마다 한 행으로 나눕니다. 메모리는 함께 씁니다.
 * @example toRows(await logits.data(), 8000)
 */
export function toRows(flat: Float32Array, vocabSize: number): Float32Array[] {
  const rows = flat.length / vocabSize;
  if (!Number.isInteger(rows) || rows === 0) {
    throw new LearnerError({
      code: "shape-mismatch",
      where: "toRows",
      given: { en: `The array has ${flat.length} numbers.`, ko: `배열에 수가 ${flat.length}개 있습니다.` },
      expected: {
        en: `It must hold whole rows of ${vocabSize}.`,
        ko: `길이가 ${vocabSize}인 행으로 나누어떨어져야 합니다.`,
      },
      remedy: {
        en: "Pass the model's own vocabulary size, and logits of one position only: [rows, vocabulary].",
        ko: "모델의 어휘 크기를 넘기고, 위치 하나의 로짓 [행, 어휘]만 넘기십시오.",
      },
    });
  }
  return Array.from({ length: rows }, (_, row) => flat.subarray(row * vocabSize, (row + 1) * vocabSize));
}
