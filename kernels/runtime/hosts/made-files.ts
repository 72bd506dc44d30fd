/** Files of the course that lie in no repository: they are made from packages when the site is built, or when Node asks. */
import { makeBrown } from "./make-brown.ts";

/** Path from the course's folder → what makes the file's text. */
export const MADE_FILES: ReadonlyMap<string, () => Promise<string>> = new Map([
  ["data/brown/brown.txt", makeBrown],
]);
