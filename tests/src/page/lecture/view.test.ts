import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { findAppCells } from "../../../../src/page/lecture/app-page.tsx";
import { getView, getViewAddress, showView, type View } from "../../../../src/page/lecture/view.ts";
import { createFakeSession } from "../session/fake-session.ts";

test("an address asks for a view, and keeps whatever else it asks for", () => {
  expect([getView(""), getView("?view=app"), getView("?a=1&view=app"), getView("?view=else")]).toEqual([
    "lecture",
    "app",
    "app",
    "lecture",
  ]);
  const at = { pathname: "/en/07-decoding/", search: "?a=1" };
  expect(getViewAddress("app", at)).toBe("/en/07-decoding/?a=1&view=app");
  expect(getViewAddress("lecture", { ...at, search: "?view=app" })).toBe("/en/07-decoding/");
});

test("the app view has the cells marked for it", () => {
  const { session } = createFakeSession({ data: {}, ask: { attributes: { app: true } }, rest: {} });
  expect(findAppCells(session).map(({ id }) => id)).toEqual(["ask"]);
});

test("where no cell is marked, it has all but exercises, checks, bets and what these lock", () => {
  const { session } = createFakeSession({
    shown: {},
    stub: { attributes: { exercise: "e" } },
    check: { attributes: { check: "e" } },
    guess: { attributes: { bet: "b" } },
    answer: { attributes: { after: "b" } },
    onClick: { attributes: { run: "click" } },
  });
  expect(findAppCells(session).map(({ id }) => id)).toEqual(["shown", "onClick"]);
});

test("a view is shown by the desk and by the document's own mark", () => {
  const dataset: Record<string, string> = {};
  Object.assign(globalThis, { document: { documentElement: { dataset } } });
  const desk = { view: signal<View>("lecture") };
  showView(desk, "app");
  expect([desk.view.value, dataset.view]).toEqual(["app", "app"]);
  showView(desk, "lecture");
  expect([desk.view.value, dataset.view]).toEqual(["lecture", undefined]);
  Reflect.deleteProperty(globalThis, "document");
});
