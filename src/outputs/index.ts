export { inLanguage } from "./language.ts";
export type { Language } from "./language.ts";
export { OutputView } from "./output-view.tsx";
export type { OutputViewProps, Theme } from "./output-view.tsx";
export type { Place } from "./place.tsx";
export { ScrollBox } from "./scroll-box.tsx";
export { Table } from "./table/table.tsx";
export type { TableSelection } from "./table/table.tsx";
