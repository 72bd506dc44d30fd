/**
 * Random numbers that can be drawn again: the same seed gives the same numbers, on every machine and backend.
 *
 * Algorithm: xoshiro128** 1.1 (D. Blackman and S. Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS
 * 2021, https://prng.di.unimi.it/xoshiro128starstar.c): 128 bits of state, period 2^128 − 1, 32 bits a draw. The seed
 * fills the state through SplitMix32, so that seeds 1 and 2 start far apart.
 */
import { checkInteger } from "./arguments.ts";

export interface Random {
  /** A number in [0, 1): 53 random bits / 2^53. */
  uniform(): number;
  /** A draw from the normal distribution with mean 0 and standard deviation 1. */
  normal(): number;
  /** A whole number in 0 … n − 1, each equally likely. */
  integer(n: number): number;
  /** A new list with the same elements in random order (Fisher–Yates); `list` stays as it is. */
  shuffle<T>(list: readonly T[]): T[];
}

/**
 * A generator of its own, started from `seed` (a whole number; its lowest 32 bits count).
 *
 * @ko 시드에서 시작하는 난수 생성기를 만듭니다. 시드가 같으면 늘 같은 수가 나옵니다.
 * @example
 * const random = createRandom(7);
 * random.uniform(); // 0.2338…, the same every time
 * random.shuffle(["a", "b", "c"]);
 */
export function createRandom(seed: number): Random {
  checkInteger(seed, { where: "createRandom", what: "seed", min: Number.MIN_SAFE_INTEGER });
  const next = xoshiro128(splitMix32(seed));
  let spare: number | undefined;

  function uniform(): number {
    const high = next() >>> 5; // 27 bits
    const low = next() >>> 6; // 26 bits
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /** Marsaglia's polar method: a point drawn in the unit disc gives two independent normal numbers. */
  function normal(): number {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const squared = u * u + v * v;
      if (squared === 0 || squared >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(squared)) / squared);
      spare = v * factor;
      return u * factor;
    }
  }

  function integer(n: number): number {
    checkInteger(n, { where: "random.integer", what: "n", min: 1, max: 2 ** 32 });
    // The last, incomplete run of n numbers below 2^32 would favour small remainders: such draws are thrown back.
    const limit = 2 ** 32 - (2 ** 32 % n);
    for (;;) {
      const drawn = next();
      if (drawn < limit) return drawn % n;
    }
  }

  function shuffle<T>(list: readonly T[]): T[] {
    const shuffled = list.slice();
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = integer(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
    }
    return shuffled;
  }

  return { uniform, normal, integer, shuffle };
}

/** How functions that draw take their source: a seed of their own, or a generator shared with others. */
export interface RandomOptions {
  /** Default 0. Two layers with the same seed and shape start with the same weights: give each its own. */
  readonly seed?: number;
  /** Draw from this generator instead; it moves on, so several layers can share it. */
  readonly random?: Random;
}

export function toRandom({ seed = 0, random }: RandomOptions): Random {
  return random ?? createRandom(seed);
}

/** The bare generator over four words of state: each call gives a whole number in 0 … 2^32 − 1. */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

/** Four words from one, by SplitMix32 (G. Steele et al., OOPSLA 2014; the constants are MurmurHash3's finaliser). */
function splitMix32(seed: number): [number, number, number, number] {
  let state = seed | 0;
  const word = () => {
    state = (state + 0x9e3779b9) | 0; // 2^32 / the golden ratio
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  return [word(), word(), word(), word()];
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
