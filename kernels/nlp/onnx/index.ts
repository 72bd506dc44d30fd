/**
 * Models for elsewhere: ONNX files that Transformers.js and ONNX Runtime load.
 *
 * @ko 모델을 다른 곳에서 쓸 수 있도록 ONNX 파일로 내보냅니다.
 */
export { exportOnnx, type ExportOnnxOptions, type HubFiles } from "./export-onnx.ts";
export type { HubTokenizer } from "./hub-config.ts";
