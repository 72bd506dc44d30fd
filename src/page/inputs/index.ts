export { ControlView } from "./control-view.tsx";
export type { ControlViewProps } from "./control-view.tsx";
export type { OnValue } from "./use-control-value.ts";
