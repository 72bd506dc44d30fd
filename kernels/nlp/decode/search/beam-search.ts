/** Beam search for one input: its groups of beams (mostly one), step by step, and what they found together. */
import { createRandom } from "../../random.ts";
import type { Hypothesis } from "../hypothesis.ts";
import type { LogitsProcessor } from "../processors/processor.ts";
import { BeamGroup } from "./beam-group.ts";
import { EndedHypotheses } from "./pool.ts";
import type { ModelRow } from "./scored-row.ts";
import type { LiveSequence, Search, SearchResult, SearchSpec } from "./search.ts";

/**
 * With several groups each searches for itself, one after the other at each step, and a token loses `diversityPenalty` for
 * every beam of an earlier group that has just taken it. Source: A. Vijayakumar et al., "Diverse Beam Search", 2018.
 */
export class BeamSearch implements Search {
  readonly spec: SearchSpec;
  readonly #ended = new EndedHypotheses();
  readonly #groups: readonly BeamGroup[];
  #step = 0;

  constructor(spec: SearchSpec) {
    this.spec = spec;
    const { numBeams, numBeamGroups, doSample, seed } = spec.settings;
    const random = doSample ? createRandom(seed + spec.input) : undefined;
    this.#groups = Array.from(
      { length: numBeamGroups },
      (_, group) =>
        new BeamGroup({ ...spec, group, width: numBeams / numBeamGroups, ended: this.#ended, random }),
    );
  }

  get ended(): readonly Hypothesis[] {
    return this.#ended.all;
  }

  get live(): readonly LiveSequence[] {
    // Asked for at every turn, and mostly there is one group.
    return this.#groups.length === 1 ? this.#groups[0].beams : this.#groups.flatMap(({ beams }) => beams);
  }

  advance(rows: readonly ModelRow[]): void {
    const { recorder, settings } = this.spec;
    this.#step += 1;
    recorder?.beginStep(this.#step);
    const taken = new Map<number, number>();
    let firstRow = 0;
    for (const group of this.#groups) {
      if (group.stop) continue;
      const count = group.beams.length;
      const before = taken.size > 0 ? [avoid(taken, settings.diversityPenalty)] : [];
      group.advance(rows, { firstRow, before });
      // At the first step all groups begin in the input's only row.
      if (this.#step > 1) firstRow += count;
      for (const token of group.taken) taken.set(token, (taken.get(token) ?? 0) + 1);
    }
    recorder?.endStep({
      beams: this.live.map(({ candidate }) => candidate!),
      pool: this.#groups.flatMap(({ pool }) => pool.hypotheses.map(({ id }) => id)),
    });
  }

  finish(): SearchResult {
    const { numReturnSequences } = this.spec.settings;
    const inPools = this.#groups.flatMap(({ pool }) => pool.hypotheses);
    return {
      hypotheses: inPools.sort((a, b) => b.score - a.score).slice(0, numReturnSequences),
      stop: this.#groups
        .map(({ stop }) => stop!)
        .reduce((last, stop) => (stop.step > last.step ? stop : last)),
    };
  }
}

function avoid(taken: ReadonlyMap<number, number>, penalty: number): LogitsProcessor {
  return {
    name: "diversityPenalty",
    process(scores) {
      for (const [token, times] of taken) scores[token] -= penalty * times;
    },
  };
}
