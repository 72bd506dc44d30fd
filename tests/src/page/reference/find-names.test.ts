// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from "vitest";
import { matchesQuery, startFindingNames } from "../../../../src/page/reference/find-names.ts";

test("every word of a query must be there, whatever its case", () => {
  expect(matchesQuery("crossEntropy 교차 엔트로피", "ENTROPY 교차")).toBe(true);
  expect(matchesQuery("crossEntropy", "entropy loss")).toBe(false);
  expect(matchesQuery("crossEntropy", "")).toBe(true);
});

describe("the field", () => {
  let field: HTMLInputElement;
  const shown = () => [...document.querySelectorAll<HTMLElement>("[data-name]")].filter(({ hidden }) => !hidden).map(({ dataset }) => dataset.name); // prettier-ignore
  const type = (text: string) => {
    field.value = text;
    field.dispatchEvent(new Event("input"));
  };

  beforeEach(() => {
    document.body.innerHTML = `<div class="name-filter"><input type="search"><p role="status"></p></div>
      <section data-group><p data-name="Linear"><a href="#Linear">Linear</a></p><p data-name="linear" data-words="as a function"><a href="#linear">linear</a></p></section>
      <section data-group><p data-name="fit"><a href="#fit">fit</a></p></section>`;
    startFindingNames(document, { namesFound: (count) => `${count} names` });
    field = document.querySelector("input")!;
  });

  test("hides what does not match, groups without a name too, and says how many are left", () => {
    type("lin");
    expect(shown()).toEqual(["Linear", "linear"]);
    expect([...document.querySelectorAll<HTMLElement>("[data-group]")].map(({ hidden }) => hidden)).toEqual([false, true]); // prettier-ignore
    expect(document.querySelector("[role=status]")!.textContent).toBe("2 names");
    type("function");
    expect(shown()).toEqual(["linear"]);
  });

  test("is emptied by Escape, reached by a slash, and follows the first name on Enter", () => {
    type("f");
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    expect(shown()).toHaveLength(3);
    const followed: string[] = [];
    document.addEventListener("click", (event) => {
      event.preventDefault();
      followed.push((event.target as HTMLAnchorElement).hash);
    });
    type("fit");
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
    expect(followed).toEqual(["#fit"]);
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "/", cancelable: true }));
    expect(document.activeElement).toBe(field);
  });
});
