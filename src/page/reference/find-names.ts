/** The field above a list of names: what does not match is hidden while the reader types. */

export interface FindNamesOptions {
  /** "3 names", for those who hear the page. */
  readonly namesFound: (count: number) => string;
}

/** Whether every word of the query is in the name or the words beside it, whatever the case. */
export function matchesQuery(text: string, query: string): boolean {
  const lower = text.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

/** Brings the page's field to life: "/" leads to it, Enter to the first name found, Escape empties it. */
export function startFindingNames(page: Document, { namesFound }: FindNamesOptions): void {
  const filter = page.querySelector<HTMLElement>(".name-filter");
  const field = filter?.querySelector("input");
  const status = filter?.querySelector<HTMLElement>("[role=status]");
  if (!field || !status) return;
  const named = [...page.querySelectorAll<HTMLElement>("[data-name]")];
  const groups = [...page.querySelectorAll<HTMLElement>("[data-group]")];

  function narrow(query: string): void {
    for (const element of named) {
      const { name = "", words = "" } = element.dataset;
      element.hidden = !matchesQuery(`${name} ${words}`, query);
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-name]:not([hidden])");
    const found = new Set(named.filter(({ hidden }) => !hidden).map(({ dataset }) => dataset.name));
    status!.textContent = query === "" ? "" : namesFound(found.size);
  }

  field.addEventListener("input", () => narrow(field.value.trim()));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      field.value = "";
      narrow("");
    }
    if (event.key !== "Enter" || event.isComposing) return;
    const exact = named.find(
      ({ dataset, hidden }) => !hidden && dataset.name?.toLowerCase() === field.value.trim().toLowerCase(),
    );
    const link = (exact ?? named.find(({ hidden }) => !hidden))?.querySelector("a");
    link?.click();
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (page.activeElement instanceof HTMLInputElement) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  narrow(field.value.trim());
}
