import { useDesk } from "./desk.ts";
import type { Localized } from "../../../kernels/runtime/localized.ts";

/** Rendered when the site was built. Taking over the page leaves its HTML as it is; a change of language replaces it. */
export function Prose({ html }: { readonly html: Localized }) {
  const { language } = useDesk();
  const chosen = language.value;
  return <div class="prose" lang={chosen} dangerouslySetInnerHTML={{ __html: html[chosen] }} />;
}
