import type { SchemeName } from "./scheme.ts";

/**
 * The scheme that the labels of sentences follow, or undefined if they are no labels of entities. E- or S- mean BIOES,
 * L- or U- BILOU. Labels with B- are IOB1 if B- stands nowhere but behind an entity of its type while others begin with
 * I-; otherwise BIO, and so are labels that are all O. Without B- they are called IO: IOB1 without neighbours of one type
 * looks the same and means the same. One foreign label in a hundred is taken for a mistake.
 *
 * @ko 레이블이 어떤 표기 방식인지 알아냅니다.
 * @example guessScheme([["I-PER", "B-PER", "O"]]) // "IOB1"
 */
export function guessScheme(sentences: readonly (readonly string[])[]): SchemeName | undefined {
  const letters = new Set<string>();
  let labelled = 0;
  let foreign = 0;
  let behindOwnType = 0;
  let elsewhere = 0;
  let beginsWithI = 0;
  for (const labels of sentences) {
    for (const [index, label] of labels.entries()) {
      labelled += 1;
      if (label === "O") continue;
      if (!/^[BIESLU](-.+)?$/s.test(label)) {
        foreign += 1;
        continue;
      }
      letters.add(label[0]);
      const before = index > 0 ? labels[index - 1] : "O";
      const follows = before !== "O" && before.slice(1) === label.slice(1);
      if (label[0] === "B" && follows) behindOwnType += 1;
      else if (label[0] === "B") elsewhere += 1;
      else if (label[0] === "I" && !follows) beginsWithI += 1;
    }
  }
  if (labelled === 0 || foreign > labelled / 100) return undefined;
  if (letters.has("L") || letters.has("U")) return "BILOU";
  if (letters.has("E") || letters.has("S")) return "BIOES";
  if (letters.size > 0 && !letters.has("B")) return "IO";
  return elsewhere === 0 && behindOwnType > 0 && beginsWithI > 0 ? "IOB1" : "BIO";
}
