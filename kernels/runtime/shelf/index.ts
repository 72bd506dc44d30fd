/**
 * The reader's shelf: what a cell has trained is kept in the browser, for other lectures and later days.
 *
 * @ko 학습한 모델을 브라우저에 보관했다가 다른 강의에서 다시 불러옵니다.
 */
export { listModels, load, save, type SaveOptions } from "./shelf.ts";
export type { ModelAbout, ModelSummary } from "../protocol.ts";
