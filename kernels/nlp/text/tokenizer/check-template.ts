/** Whether the post-processor of a tokenizer.json puts special tokens around a text, and which. */
import { isPlain, refuse, type Plain } from "./refusal.ts";
import type { TemplatePart, TemplateSpec } from "./tokenizer-file.ts";

/** As a template, the one form that covers all; null where nothing is put around. */
export function toTemplate(processor: unknown): TemplateSpec | null {
  if (processor === null || processor === undefined) return null;
  const type = isPlain(processor) ? processor.type : processor;
  if (isPlain(processor)) {
    switch (type) {
      case "TemplateProcessing":
        return checkTemplate(processor);
      // It changes offsets alone, which are trimmed here anyway.
      case "ByteLevel":
        return null;
      case "BertProcessing":
      case "RobertaProcessing":
        return fromSeparators(processor);
      case "Sequence":
        return fromSequence(processor);
    }
  }
  const [given, names] = [
    JSON.stringify(type) ?? "undefined",
    "TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel, Sequence",
  ];
  throw refuse(
    `\`post_processor\` has the type ${given}; known are ${names}.`,
    `\`post_processor\`의 종류 ${given}을(를) 알지 못합니다. 아는 종류: ${names}.`,
  );
}

function fromSequence({ processors }: Plain): TemplateSpec | null {
  const list: unknown[] = Array.isArray(processors) ? processors : [];
  const templates = list.map(toTemplate).filter((template) => template !== null);
  if (templates.length <= 1) return templates[0] ?? null;
  throw refuse(
    "`post_processor` has several templates in one Sequence.",
    "`post_processor`의 Sequence 안에 템플릿이 여러 개 있습니다.",
  );
}

/** [CLS] a [SEP] b [SEP], the second text of type 1; RoBERTa's has two separators between and one type for all. */
function fromSeparators({ type, cls, sep }: Plain): TemplateSpec {
  const isToken = (token: unknown) =>
    Array.isArray(token) && typeof token[0] === "string" && Number.isInteger(token[1]);
  if (!isToken(cls) || !isToken(sep)) throw broken(type as string);
  const [[first, firstId], [last, lastId]] = [cls, sep] as [string, number][];
  const special = (id: string, typeId: number): TemplatePart => ({ SpecialToken: { id, type_id: typeId } });
  const sequence = (id: "A" | "B", typeId: number): TemplatePart => ({ Sequence: { id, type_id: typeId } });
  const single = [special(first, 0), sequence("A", 0), special(last, 0)];
  const second =
    type === "BertProcessing"
      ? [sequence("B", 1), special(last, 1)]
      : [special(last, 0), sequence("B", 0), special(last, 0)];
  return {
    type: "TemplateProcessing",
    single,
    pair: [...single, ...second],
    special_tokens: {
      [first]: { id: first, ids: [firstId], tokens: [first] },
      [last]: { id: last, ids: [lastId], tokens: [last] },
    },
  };
}

function checkTemplate(template: Plain): TemplateSpec {
  const special = template.special_tokens ?? {};
  const hasIds = (name: unknown) => {
    if (!isPlain(special) || typeof name !== "string" || !Object.hasOwn(special, name)) return false;
    const entry = special[name];
    return isPlain(entry) && Array.isArray(entry.ids) && entry.ids.every(Number.isInteger);
  };
  const isPart = (part: unknown) => {
    if (!isPlain(part)) return false;
    const { SpecialToken: token, Sequence: sequence } = part;
    if (isPlain(sequence)) return ["A", "B"].includes(sequence.id as string) && isType(sequence.type_id);
    return isPlain(token) && hasIds(token.id) && isType(token.type_id);
  };
  const { single, pair } = template;
  const isList = (parts: unknown) => Array.isArray(parts) && parts.length > 0 && parts.every(isPart);
  if (!isList(single) || !isList(pair)) throw broken("TemplateProcessing");
  return { type: "TemplateProcessing", single, pair, special_tokens: special } as TemplateSpec;
}

const isType = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;

function broken(type: string): Error {
  return refuse(
    `\`post_processor\` ${type} does not say which special tokens stand where, each with its id.`,
    `\`post_processor\` ${type}에 어느 특수 토큰이 어디에 놓이는지, 그 id가 무엇인지 빠져 있습니다.`,
  );
}
