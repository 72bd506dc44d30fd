/** Opens the port, loads the models, and looks after both until the service is stopped. */
import { buildService, type Service, type ServiceOptions } from "./build.ts";

export interface ListenOptions extends ServiceOptions {
  /** Default 8000; 0: any that is free. */
  readonly port?: number;
  /** Default "127.0.0.1": this machine only. "0.0.0.0": whoever reaches it. */
  readonly host?: string;
}

export interface RunningService extends Service {
  readonly url: string;
}

/**
 * It answers as soon as the port is open: /readyz says from when on the models are there. Fails, with the port closed
 * again, where a model cannot be loaded. The caller stops it.
 */
export async function startService({
  port = 8000,
  host = "127.0.0.1",
  ...options
}: ListenOptions): Promise<RunningService> {
  const service = await buildService(options);
  try {
    const url = await service.app.listen({ port, host });
    await service.shelf.load();
    service.shelf.watch();
    return { ...service, url };
  } catch (error) {
    await service.stop();
    throw error;
  }
}
