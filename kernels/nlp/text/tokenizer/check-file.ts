/** Whether something is a tokenizer.json that this library can run; what is not is refused with the reason. */
import { MOST_IDS, toModel } from "./check-model.ts";
import { DECODERS, NORMALIZERS, PRE_TOKENIZERS, toStep } from "./check-steps.ts";
import { toTemplate } from "./check-template.ts";
import { isPlain, refuse } from "./refusal.ts";
import type { AddedToken, ModelSpec, TokenizerFile } from "./tokenizer-file.ts";

/** With all defaults filled; `truncation` and `padding` are said when a text is encoded, not in the file. */
export function toTokenizerFile(json: unknown): TokenizerFile {
  const given = typeof json === "string" ? parse(json) : json;
  if (!isPlain(given)) throw refuse("It is no JSON object.", "JSON 객체가 아닙니다.");
  if (!isPlain(given.model)) throw refuse("It has no `model`.", "`model`이 없습니다.");
  const file: TokenizerFile = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: toAddedTokens(given.added_tokens ?? []),
    normalizer: toStep(given.normalizer, NORMALIZERS) as unknown as TokenizerFile["normalizer"],
    pre_tokenizer: toStep(given.pre_tokenizer, PRE_TOKENIZERS) as unknown as TokenizerFile["pre_tokenizer"],
    post_processor: toTemplate(given.post_processor),
    decoder: toStep(given.decoder, DECODERS) as unknown as TokenizerFile["decoder"],
    model: toModel(given.model),
  };
  checkIds(file);
  return file;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const { message } = error as Error;
    throw refuse(`It is no JSON: ${message}.`, `JSON이 아닙니다: ${message}.`);
  }
}

function toAddedTokens(list: unknown): readonly AddedToken[] {
  const isToken = (item: unknown) =>
    isPlain(item) &&
    Number.isInteger(item.id) &&
    (item.id as number) >= 0 &&
    (item.id as number) < MOST_IDS &&
    typeof item.content === "string" &&
    item.content !== "";
  if (!Array.isArray(list) || !list.every(isToken)) {
    throw refuse(
      "`added_tokens` is no list of tokens with `id` and `content`.",
      "`added_tokens`가 `id`와 `content`를 가진 토큰의 목록이 아닙니다.",
    );
  }
  return (list as Partial<AddedToken>[]).map((token) => ({
    id: token.id as number,
    content: token.content as string,
    single_word: token.single_word === true,
    lstrip: token.lstrip === true,
    rstrip: token.rstrip === true,
    normalized: token.normalized ?? token.special !== true,
    special: token.special === true,
  }));
}

/** Whether no id stands for two tokens, and every token that the steps put in has one. */
function checkIds({ model, added_tokens: added, post_processor: template }: TokenizerFile): void {
  const names = new Map(listIds(model).map(([token, id]) => [id, token]));
  for (const { id, content } of added) {
    const other = names.get(id);
    if (other !== undefined && other !== content) {
      const [a, b] = [JSON.stringify(other), JSON.stringify(content)];
      throw refuse(`Id ${id} is both ${a} and ${b}.`, `id ${id}이(가) ${a}이기도 하고 ${b}이기도 합니다.`);
    }
    names.set(id, content);
  }
  const known = new Set(names.values());
  const unknown = model.type === "Unigram" ? null : model.unk_token;
  if (unknown !== null && !known.has(unknown)) {
    const name = JSON.stringify(unknown);
    throw refuse(`The unknown token ${name} has no id.`, `미등록 토큰 ${name}의 id가 없습니다.`);
  }
  for (const [name, { ids }] of Object.entries(template?.special_tokens ?? {})) {
    const id = ids.find((place) => !names.has(place));
    if (id !== undefined) {
      throw refuse(
        `\`post_processor\` gives ${name} the id ${id}, which no token has.`,
        `\`post_processor\`가 ${name}에 준 id ${id}을(를) 가진 토큰이 없습니다.`,
      );
    }
  }
}

function listIds(model: ModelSpec): [token: string, id: number][] {
  if (model.type === "Unigram") return model.vocab.map(([piece], id) => [piece, id]);
  return Object.entries(model.vocab);
}
