import type { Language } from "../language.ts";
import { en } from "./en.ts";
import { ko } from "./ko.ts";
import type { Messages } from "./messages.ts";

const catalogue: Readonly<Record<Language, Messages>> = { en, ko };

export function getMessages(language: Language): Messages {
  return catalogue[language];
}
