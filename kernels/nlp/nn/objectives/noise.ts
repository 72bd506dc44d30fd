/**
 * The five ways in which BART spoils a text that it then restores. Each is told what it did, so that a lecture can show it.
 * Source: M. Lewis et al., "BART: Denoising Sequence-to-Sequence Pre-training", 2020, section 2.2.
 */
import { checkInteger, checkNotEmpty, checkNumber } from "../../arguments.ts";
import { toRandom, type Random, type RandomOptions } from "../../random.ts";

/** Spoilt tokens, and the places in the original of those that were changed, hidden or taken away. */
export interface Noised {
  readonly ids: number[];
  readonly changed: number[];
}

export interface NoiseOptions extends RandomOptions {
  /** The share of the tokens that is spoilt. Default 0.3. */
  readonly probability?: number;
}

export interface MaskNoiseOptions extends NoiseOptions {
  /** The id of the mask. */
  readonly maskTokenId: number;
}

/**
 * Token masking: some tokens are replaced by the mask. The model has to say what stood there. At least one is.
 *
 * @ko 토큰 일부를 마스크로 바꿉니다.
 */
export function replaceTokens(ids: readonly number[], options: MaskNoiseOptions): Noised {
  const { maskTokenId } = options;
  const places = drawPlaces(ids, options, "replaceTokens");
  return { ids: ids.map((id, place) => (places.has(place) ? maskTokenId : id)), changed: [...places] };
}

/**
 * Token deletion: some tokens are gone, without a trace. The model has to say where something is missing, too. At least one
 * is taken away, and one stays.
 *
 * @ko 토큰 일부를 흔적 없이 지웁니다.
 */
export function deleteTokens(ids: readonly number[], options: NoiseOptions = {}): Noised {
  const places = drawPlaces(ids, options, "deleteTokens");
  if (places.size === ids.length) places.delete(0);
  return { ids: ids.filter((_, place) => !places.has(place)), changed: [...places] };
}

export interface InfillOptions extends MaskNoiseOptions {
  /** The mean length of a span; lengths are drawn from Poisson's distribution. Default 3. */
  readonly meanLength?: number;
}

/**
 * Text infilling: spans of tokens become one mask each, whatever their length; a span of length 0 puts a mask where nothing
 * was missing. The model has to say how many tokens are missing, too.
 *
 * @ko 여러 토큰 구간을 길이에 상관없이 마스크 하나로 바꿉니다.
 */
export function infillSpans(ids: readonly number[], options: InfillOptions): Noised {
  const where = "infillSpans";
  const { maskTokenId, probability = 0.3, meanLength = 3 } = options;
  checkNotEmpty(ids, { where, what: "ids" });
  checkNumber(probability, { where, what: "probability", min: 0, max: 1 });
  checkNumber(meanLength, { where, what: "meanLength", min: 0, above: true });
  const random = toRandom(options);
  const budget = Math.max(1, Math.round(ids.length * probability));
  const spans: { readonly start: number; readonly length: number }[] = [];
  const taken = new Set<number>();
  // A few tries for each span: in a short text not every place is free.
  for (let tries = 0; taken.size < budget && tries < 10 * budget; tries++) {
    const length = Math.min(drawPoisson(meanLength, random), budget - taken.size);
    const start = random.integer(ids.length - length + 1);
    const covered = Array.from({ length }, (_, index) => start + index);
    const touches = spans.some((span) => start <= span.start + span.length && span.start <= start + length);
    if (touches) continue;
    spans.push({ start, length });
    for (const place of covered) taken.add(place);
  }
  const masks = new Set(spans.map(({ start }) => start));
  const infilled: number[] = [];
  for (let place = 0; place <= ids.length; place++) {
    if (masks.has(place)) infilled.push(maskTokenId);
    if (place < ids.length && !taken.has(place)) infilled.push(ids[place]);
  }
  return { ids: infilled, changed: [...taken].sort((a, b) => a - b) };
}

/**
 * Sentence permutation: the sentences of a text in another order. `sentences` are their ids one after the other.
 *
 * @ko 글의 문장 순서를 뒤섞습니다.
 */
export function permuteSentences(
  sentences: readonly (readonly number[])[],
  options: RandomOptions = {},
): { readonly ids: number[]; /** Which sentence stands at each place. */ readonly order: number[] } {
  checkNotEmpty(sentences, { where: "permuteSentences", what: "sentences" });
  const order = toRandom(options).shuffle(sentences.map((_, index) => index));
  return { ids: order.flatMap((index) => sentences[index]), order };
}

/**
 * Document rotation: the text begins at a token in its middle and goes on from its end to its beginning. The model has to
 * find the beginning.
 *
 * @ko 글의 중간에서 시작하도록 돌려 놓습니다.
 */
export function rotateDocument(
  ids: readonly number[],
  options: RandomOptions = {},
): { readonly ids: number[]; /** The place of the token that is now the first. */ readonly start: number } {
  checkNotEmpty(ids, { where: "rotateDocument", what: "ids" });
  const start = toRandom(options).integer(ids.length);
  return { ids: [...ids.slice(start), ...ids.slice(0, start)], start };
}

export interface SpanCorruptionOptions extends NoiseOptions {
  /** The ids that stand for the spans, one after the other: T5's <extra_id_0>, <extra_id_1>, … */
  readonly sentinelIds: readonly number[];
  /** The mean length of a span. Default 3. */
  readonly meanLength?: number;
}

/**
 * T5's task: spans of tokens are replaced by sentinels, each by one of its own; the target lists, behind each sentinel, what
 * stood there.
 *
 *     Thank you for inviting me      →  source: Thank you <0> me      target: <0> for inviting <1>
 *
 * Source: C. Raffel et al., "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer", 2020.
 *
 * @ko 구간마다 다른 표지로 가리고, 표지 뒤에 있던 토큰을 답으로 쓰게 합니다.
 */
export function corruptSpans(
  ids: readonly number[],
  options: SpanCorruptionOptions,
): { readonly source: number[]; readonly target: number[] } {
  const where = "corruptSpans";
  const { sentinelIds, probability = 0.15, meanLength = 3 } = options;
  checkNotEmpty(ids, { where, what: "ids" });
  checkNumber(probability, { where, what: "probability", min: 0, max: 1 });
  checkNumber(meanLength, { where, what: "meanLength", min: 1 });
  checkInteger(sentinelIds.length, { where, what: "sentinelIds.length", min: 2 });
  const random = toRandom(options);
  const hidden = Math.min(ids.length, Math.max(1, Math.round(ids.length * probability)));
  const kept = ids.length - hidden;
  const spans = Math.max(
    1,
    Math.min(Math.round(hidden / meanLength), kept + 1, sentinelIds.length - 1, hidden),
  );
  const lengths = divide(hidden, spans, random);
  const gaps = divide(kept + 1, spans, random);
  const source: number[] = [];
  const target: number[] = [];
  let at = 0;
  lengths.forEach((length, span) => {
    // The first gap may be empty: a text may begin with a span.
    const gap = gaps[span] - (span === 0 ? 1 : 0);
    source.push(...ids.slice(at, at + gap), sentinelIds[span]);
    target.push(sentinelIds[span], ...ids.slice(at + gap, at + gap + length));
    at += gap + length;
  });
  source.push(...ids.slice(at));
  target.push(sentinelIds[spans]);
  return { source, target };
}

/** `total` as a sum of `parts` whole numbers of at least 1, every way equally likely. */
function divide(total: number, parts: number, random: Random): number[] {
  const cuts = random
    .shuffle(Array.from({ length: total - 1 }, (_, index) => index + 1))
    .slice(0, parts - 1)
    .sort((a, b) => a - b);
  return [...cuts, total].map((cut, index) => cut - (cuts[index - 1] ?? 0));
}

function drawPlaces(ids: readonly number[], options: NoiseOptions, where: string): Set<number> {
  const { probability = 0.3 } = options;
  checkNotEmpty(ids, { where, what: "ids" });
  checkNumber(probability, { where, what: "probability", min: 0, max: 1 });
  const random = toRandom(options);
  const places = ids.flatMap((_, place) => (random.uniform() < probability ? [place] : []));
  return new Set(places.length > 0 ? places : [random.integer(ids.length)]);
}

/** D. Knuth's method: multiply uniform numbers until the product falls below e^−mean. */
function drawPoisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let product = random.uniform();
  let count = 0;
  while (product > limit) {
    product *= random.uniform();
    count += 1;
  }
  return count;
}
