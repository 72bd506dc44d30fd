/** What shapes the distribution that a token is drawn from. Each keeps at least `atLeast` tokens. */
import { toProbabilities } from "../softmax.ts";
import { findLargest } from "../top-k.ts";
import { keepOnly, type LogitsProcessor } from "./processor.ts";

interface AtLeast {
  /** 1; in a beam search one more than there are end tokens, so that something remains to go on with. */
  readonly atLeast: number;
}

/** score ← score / temperature. Towards 0 the best token takes all; the higher, the more alike all become. */
export function temperature(value: number): LogitsProcessor {
  return {
    name: "temperature",
    process(scores) {
      for (let token = 0; token < scores.length; token++) scores[token] /= value;
    },
  };
}

/** Keeps the k best tokens, and those that equal the last of them. Source: A. Fan et al., "Hierarchical Neural Story Generation", 2018. */
export function topK(k: number, { atLeast }: AtLeast): LogitsProcessor {
  return {
    name: "topK",
    process(scores) {
      const best = findLargest(scores, Math.max(k, atLeast));
      if (best.length === 0) return;
      const last = scores[best[best.length - 1]];
      for (let token = 0; token < scores.length; token++) {
        if (scores[token] < last) scores[token] = -Infinity;
      }
    },
  };
}

/**
 * Keeps the best tokens until their probabilities add up to p, the one that reaches it among them. Source: A. Holtzman et
 * al., "The Curious Case of Neural Text Degeneration", 2020.
 *
 * @example of the probabilities 0.5, 0.3, 0.15, 0.05 p = 0.75 keeps two, p = 0.85 three.
 */
export function topP(p: number, { atLeast }: AtLeast): LogitsProcessor {
  return {
    name: "topP",
    process(scores) {
      const probabilities = toProbabilities(scores);
      keepOnly(scores, takeMass(probabilities, { order: probabilities, mass: p, atLeast }));
    },
  };
}

/** Keeps the tokens whose probability is at least `share` of the best one's. Source: M. Nguyen et al., "Turning Up the Heat: Min-p Sampling", 2024. */
export function minP(share: number, { atLeast }: AtLeast): LogitsProcessor {
  return {
    name: "minP",
    process(scores) {
      const probabilities = toProbabilities(scores);
      const best = findLargest(probabilities, atLeast);
      const least = share * (probabilities[best[0]] ?? 0);
      const kept = new Set(best);
      for (let token = 0; token < scores.length; token++) {
        if (probabilities[token] < least && !kept.has(token)) scores[token] = -Infinity;
      }
    },
  };
}

/**
 * Keeps the tokens whose surprise −log p lies closest to the expected surprise, the entropy H = −Σ p log p, until their
 * probabilities add up to `mass`. The likeliest token may fall. Source: C. Meister et al., "Locally Typical Sampling", 2023.
 */
export function typicalP(mass: number, { atLeast }: AtLeast): LogitsProcessor {
  return {
    name: "typicalP",
    process(scores) {
      const probabilities = toProbabilities(scores);
      let entropy = 0;
      for (const p of probabilities) if (p > 0) entropy -= p * Math.log(p);
      const closeness = probabilities.map((p) => -Math.abs(-Math.log(p) - entropy));
      keepOnly(scores, takeMass(probabilities, { order: closeness, mass, atLeast }));
    },
  };
}

/**
 * The first tokens by `order`, largest first, until their probabilities add up to `mass`. The vocabulary is never sorted:
 * 64 tokens nearly always do, and when they do not, four times as many are looked at.
 */
function takeMass(
  probabilities: Float64Array,
  { order, mass, atLeast }: { order: Float64Array; mass: number } & AtLeast,
): number[] {
  for (let count = Math.max(64, atLeast); ; count *= 4) {
    const best = findLargest(order, count);
    let sum = 0;
    for (const [place, token] of best.entries()) {
      if (sum >= mass && place >= atLeast) return best.slice(0, place);
      sum += probabilities[token];
    }
    if (best.length < count) return best;
  }
}
