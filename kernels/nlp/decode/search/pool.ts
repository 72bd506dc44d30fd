/** Hypotheses that have ended, of which a beam search keeps the best few. */
import type { Hypothesis } from "../hypothesis.ts";

export type EndedHypothesis = Omit<Hypothesis, "id" | "entered" | "left">;

/** Every hypothesis of an input that has ended, whether it is still in a pool or not. */
export class EndedHypotheses {
  readonly all: Hypothesis[] = [];

  add(ended: EndedHypothesis, entered: number | null): Hypothesis {
    const hypothesis = { id: this.all.length, ...ended, entered, left: null };
    this.all.push(hypothesis);
    return hypothesis;
  }

  markLeft(id: number, left: { step: number; by: number }): void {
    this.all[id] = { ...this.all[id], left };
  }
}

/** The best `capacity` hypotheses by score. Of equal scores the one that came first is the better. */
export class HypothesisPool {
  /** The best first. */
  readonly hypotheses: Hypothesis[] = [];
  readonly #capacity: number;
  readonly #ended: EndedHypotheses;

  constructor(capacity: number, ended: EndedHypotheses) {
    this.#capacity = capacity;
    this.#ended = ended;
  }

  get full(): boolean {
    return this.hypotheses.length === this.#capacity;
  }

  /** The least score in a full pool: what a newcomer has to exceed. */
  get threshold(): number {
    return this.full ? this.hypotheses[this.#capacity - 1].score : -Infinity;
  }

  /** Takes it in if there is room, or in place of the worst if it is better; says whether it did. */
  offer(
    ended: EndedHypothesis,
    step: number,
  ): { readonly hypothesis: Hypothesis; readonly entered: boolean } {
    const entered = !this.full || ended.score > this.threshold;
    const hypothesis = this.#ended.add(ended, entered ? step : null);
    if (!entered) return { hypothesis, entered };
    if (this.full) this.#ended.markLeft(this.hypotheses.pop()!.id, { step, by: hypothesis.id });
    const place = this.hypotheses.findIndex(({ score }) => score < hypothesis.score);
    this.hypotheses.splice(place < 0 ? this.hypotheses.length : place, 0, hypothesis);
    return { hypothesis, entered };
  }
}
