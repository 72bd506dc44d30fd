/**
 * The reader's shelf: what a cell has trained is kept in the browser, for other lectures and later days. And what came
 * with the course: small models that need no network.
 *
 * @ko 학습한 모델을 브라우저에 보관했다가 다른 강의에서 다시 불러옵니다. 강좌에 들어 있는 작은 모델의 목록도 여기에 있습니다.
 */
export { listModels, load, save, type SaveOptions } from "./shelf.ts";
export { shippedModels, type ShippedModel, type ShippedModelsOptions } from "./shipped.ts";
export type { ModelAbout, ModelSummary } from "../protocol.ts";
