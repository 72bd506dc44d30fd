import type { Desk } from "./desk.ts";

/** How a lecture is shown: whole, or as an app, which is its controls and outputs without prose and code. */
export type View = "lecture" | "app";

/** The view that an address asks for: `?view=app`. */
export function getView(search: string): View {
  return new URLSearchParams(search).get("view") === "app" ? "app" : "lecture";
}

/** The same page's address in a view. */
export function getViewAddress(
  view: View,
  { pathname, search }: Pick<Location, "pathname" | "search">,
): string {
  const parameters = new URLSearchParams(search);
  if (view === "app") parameters.set("view", "app");
  else parameters.delete("view");
  const rest = parameters.toString();
  return rest === "" ? pathname : `${pathname}?${rest}`;
}

/** Changes the view in place; the styles of the first paint go by the same mark. */
export function showView(desk: Pick<Desk, "view">, view: View): void {
  if (view === "app") document.documentElement.dataset.view = "app";
  else delete document.documentElement.dataset.view;
  desk.view.value = view;
}
