/** Server-sent events: a text that grows in an answer that stays open. */
import { PassThrough, type Readable } from "node:stream";

export type Emit = (event: string, data: unknown) => void;

/** The stream ends when `tell` has; an error of `tell` is what it must send itself. */
export function toEventStream(tell: (emit: Emit) => Promise<void>): Readable {
  const stream = new PassThrough();
  const emit: Emit = (event, data) => {
    if (!stream.destroyed) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  void tell(emit).then(
    () => stream.end(),
    (error: Error) => stream.destroy(error),
  );
  return stream;
}
