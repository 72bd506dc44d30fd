import { useEffect, useRef, useState } from "preact/hooks";
import type { ModelSummary } from "../../../kernels/runtime/protocol.ts";
import type { Language } from "../language.ts";
import type { Messages } from "../messages/index.ts";
import { Dialog } from "../shell/dialog.tsx";
import { formatBytes } from "../sizes.ts";
import { readModelZip } from "./model-zip.ts";
import type { Shelf } from "./shelf.ts";
import "./shelf.css";

export interface ShelfDialogProps {
  readonly shelf: Shelf;
  readonly words: Messages;
  readonly language: Language;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The reader's models: where each came from and what it reached; to take home, to bring, to throw away. */
export function ShelfDialog({ shelf, words, language, open, onClose }: ShelfDialogProps) {
  const [refusal, setRefusal] = useState<string | undefined>(undefined);
  const file = useRef<HTMLInputElement>(null);
  const models = shelf.list.value;

  useEffect(() => {
    if (open) void shelf.refresh();
    else setRefusal(undefined);
  }, [open]);

  async function bring(chosen: File): Promise<void> {
    setRefusal(undefined);
    try {
      const { about, zip } = await readModelZip(chosen, language);
      await shelf.add(about, zip);
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <Dialog title={words.models} closeLabel={words.close} open={open} onClose={onClose} class="shelf">
      <p class="shelf-hint">{words.modelsHint}</p>
      {models?.length === 0 && <p class="shelf-empty">{words.noModels}</p>}
      <ul class="shelf-models">
        {models?.map((model) => (
          <li key={model.name}>
            <ModelLine model={model} words={words} language={language} />
            <button type="button" class="button" onClick={() => void takeHome(shelf, model.name)}>
              {words.downloadModel}
              <span class="visually-hidden"> {model.name}</span>
            </button>
            <button type="button" class="button" onClick={() => void shelf.remove(model.name)}>
              {words.removeModel}
              <span class="visually-hidden"> {model.name}</span>
            </button>
          </li>
        ))}
      </ul>
      <input
        ref={file}
        type="file"
        accept=".zip,application/zip"
        class="visually-hidden"
        tabIndex={-1}
        aria-label={words.bringModel}
        onChange={({ currentTarget }) => {
          const [chosen] = currentTarget.files ?? [];
          currentTarget.value = "";
          if (chosen) void bring(chosen);
        }}
      />
      <button type="button" class="button" onClick={() => file.current?.click()}>
        {words.bringModel}
      </button>
      {refusal !== undefined && (
        <p class="shelf-refusal" role="alert">
          {refusal}
        </p>
      )}
    </Dialog>
  );
}

interface ModelLineProps {
  readonly model: ModelSummary;
  readonly words: Messages;
  readonly language: Language;
}

function ModelLine({ model, words, language }: ModelLineProps) {
  const { name, modelType, metrics, lecture, bytes, time } = model;
  const reached = Object.entries(metrics).map(
    ([metric, value]) => `${metric} ${formatMetric(value, language)}`,
  );
  const date = new Date(time).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
  return (
    <div class="shelf-model">
      <strong>{name}</strong>
      <span>{[modelType, formatBytes(bytes), date, lecture ?? words.broughtModel].join(" · ")}</span>
      {reached.length > 0 && <span>{reached.join(" · ")}</span>}
    </div>
  );
}

function formatMetric(value: number, language: Language): string {
  return value.toLocaleString(language, { maximumSignificantDigits: 3 });
}

async function takeHome(shelf: Shelf, name: string): Promise<void> {
  const url = URL.createObjectURL(new Blob([await shelf.getZip(name)], { type: "application/zip" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name}.zip`;
  link.click();
  // The download has its own hold on the bytes once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
