/** The prediction service: models of the course behind HTTP. docs/serving.md tells how it is used. */
export { buildService, type Service, type ServiceOptions } from "./build.ts";
export { startService, type ListenOptions, type RunningService } from "./listen.ts";
export type {
  Batch,
  ModelDescription,
  ModelSource,
  Prediction,
  RunContext,
  RunOptions,
  ServedModel,
  Task,
} from "./models/served-model.ts";
export { createFolderSource, findModelFolders } from "./models/folder-source.ts";
export { hasCourse } from "./routes/course.ts";
export { ServiceError } from "./service-error.ts";
export type { ServiceSettings, ServiceSettingsSpec } from "./settings.ts";
