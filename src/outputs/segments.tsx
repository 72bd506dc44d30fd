import "./segments.css";

export interface SegmentsProps {
  readonly label: string;
  readonly options: readonly string[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}

/** A few choices side by side, of which one is taken. */
export function Segments({ label, options, chosen, onChoose }: SegmentsProps) {
  return (
    <div class="segments" role="group" aria-label={label}>
      {options.map((option, index) => (
        <button key={option} type="button" aria-pressed={index === chosen} onClick={() => onChoose(index)}>
          {option}
        </button>
      ))}
    </div>
  );
}
