import type { Text } from "../localized.ts";
import { brandOutput } from "./displayed.ts";
import type { BeamTreeOutput, DecodingOutput, DecodingResult, DecodingStrategy } from "./output.ts";
import { checkText, kindOf } from "./text.ts";

export interface DecodingStrategySpec {
  readonly name: Text;
  /** Over all inputs, by name: `{ BLEU: 31.2, chrF: 52 }`. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** For all inputs. */
  readonly seconds?: number;
  /** A new search is under way: what is given is from the one before. */
  readonly searching?: boolean;
}

export interface DecodingInputSpec {
  readonly source: string;
  /** With it, what is different in each text is marked. */
  readonly reference?: string;
  /** One a strategy, in the strategies' order. */
  readonly results: readonly (string | DecodingResultSpec)[];
}

export interface DecodingResultSpec {
  readonly text: string;
  readonly score?: number;
  readonly logProbability?: number;
  /** In tokens. */
  readonly length?: number;
  /** What `beamTree` made of the search: opened by a click. */
  readonly tree?: BeamTreeOutput;
}

export interface DecodingComparisonSpec {
  readonly strategies: readonly DecodingStrategySpec[];
  readonly inputs: readonly DecodingInputSpec[];
}

/** Inputs that are sent; the metrics are over all of them all the same. */
const MOST_INPUTS = 200;

/**
 * Strategies side by side on the same inputs: their metrics, and for each input what each of them wrote, with what differs
 * from the reference marked and its beam tree a click away.
 *
 * @ko 디코딩 전략들을 같은 입력에서 나란히 비교해 보여 줍니다.
 * @example
 * decodingComparison({
 *   strategies: [{ name: "greedy", metrics: { BLEU: 28.1 } }, { name: "beam 4", metrics: { BLEU: 30.4 } }],
 *   inputs: [{ source: "고양이가 잔다", reference: "the cat sleeps", results: ["a cat", { text: "the cat sleeps", tree }] }],
 * })
 */
export function decodingComparison(
  spec: DecodingComparisonSpec,
  { caption }: { readonly caption?: Text } = {},
): DecodingOutput {
  const { strategies, inputs } = (spec ?? {}) as Partial<DecodingComparisonSpec>;
  if (!Array.isArray(strategies) || !Array.isArray(inputs) || strategies.length === 0)
    throw new TypeError(
      `decodingComparison takes { strategies, inputs }, both lists, but was given ${kindOf(strategies)} and ${kindOf(inputs)}.`,
    );
  if (caption !== undefined) checkText(caption, "decodingComparison: the caption");
  return brandOutput({
    kind: "decoding",
    strategies: (strategies as readonly DecodingStrategySpec[]).map(toStrategy),
    inputs: (inputs as readonly DecodingInputSpec[])
      .slice(0, MOST_INPUTS)
      .map((input, index) => toInput(input, { index, count: strategies.length })),
    caption,
  });
}

function toStrategy(
  { name, metrics = {}, seconds, searching }: DecodingStrategySpec,
  index: number,
): DecodingStrategy {
  checkText(name, `decodingComparison: the name of strategy ${index}`);
  return {
    name,
    metrics: Object.entries(metrics).map(([metric, value]) => ({ name: metric, value })),
    ...(seconds !== undefined && { seconds }),
    ...(searching && { searching }),
  };
}

function toInput(
  { source, reference, results }: DecodingInputSpec,
  { index, count }: { index: number; count: number },
): DecodingOutput["inputs"][number] {
  if (!Array.isArray(results) || results.length !== count)
    throw new RangeError(
      `decodingComparison: input ${index} has ${Array.isArray(results) ? results.length : 0} results, but there are ${count} strategies: give one a strategy.`,
    );
  return {
    source: String(source),
    ...(reference !== undefined && { reference: String(reference) }),
    results: (results as readonly (string | DecodingResultSpec)[]).map(toResult),
  };
}

function toResult(result: string | DecodingResultSpec): DecodingResult {
  if (typeof result === "string") return { text: result };
  const { text, score, logProbability, length, tree } = result;
  return {
    text: String(text),
    ...(score !== undefined && { score }),
    ...(logProbability !== undefined && { logProbability }),
    ...(length !== undefined && { length }),
    ...(tree && { tree }),
  };
}
