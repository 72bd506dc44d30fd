import type { Messages } from "../messages/index.ts";

/** A field that narrows what carries `data-name` on the page; the page's script (find-names.ts) brings it to life. */
export function NameFilter({ words }: { readonly words: Messages }) {
  return (
    <div class="name-filter needs-script" role="search">
      <input
        type="search"
        aria-label={words.findName}
        placeholder={words.findName}
        autocomplete="off"
        spellcheck={false}
      />
      <kbd aria-hidden="true">/</kbd>
      <p role="status" />
    </div>
  );
}
