import { useEffect, useState } from "preact/hooks";
import { ScrollBox } from "../scroll-box.tsx";
import "./rich.css";

export interface RichHtmlProps {
  /** What the output holds, as its cell wrote it. */
  readonly source: string;
  /** Makes safe HTML of the source. Must be the same function from one drawing to the next. */
  readonly toSafeHtml: (source: string) => Promise<string>;
  /** Stands here until the first HTML is made, and on the server, where nothing can be sanitised. */
  readonly placeholder: string;
  readonly label: string;
}

/** Sanitised HTML. What was shown stays until its successor is ready. */
export function RichHtml({ source, toSafeHtml, placeholder, label }: RichHtmlProps) {
  const [html, setHtml] = useState<string>();
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    let current = true;
    toSafeHtml(source).then(
      (safe) => {
        if (!current) return;
        setHtml(safe);
        setFailure(undefined);
      },
      (error: unknown) => {
        if (current) setFailure(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      current = false;
    };
  }, [source, toSafeHtml]);

  if (failure !== undefined) return <p role="alert">{failure}</p>;
  return (
    <ScrollBox label={label}>
      {html === undefined ? (
        <p class="rich rich-source" aria-busy="true">
          {placeholder}
        </p>
      ) : (
        <div class="rich" dangerouslySetInnerHTML={{ __html: html }} />
      )}
    </ScrollBox>
  );
}
