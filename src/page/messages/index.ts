export { getMessages } from "./catalogue.ts";
export type { Messages, ShortcutGroup, ShortcutName } from "./messages.ts";
