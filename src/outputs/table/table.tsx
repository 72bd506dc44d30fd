import { useId, useMemo, useState } from "preact/hooks";
import type { TableOutput } from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "../language.ts";
import { ScrollBox } from "../scroll-box.tsx";
import { CopyButton } from "./copy-button.tsx";
import { createFormatCell, findRows, nextSort, toTsv, type TableSort } from "./table-rows.ts";
import { TABLE_WORDS } from "./table-words.ts";
import "./table.css";

/** Rows that can be chosen, by their index in the output. */
export interface TableSelection {
  readonly indices: readonly number[];
  readonly multiple: boolean;
  readonly disabled?: boolean;
  readonly onChange: (indices: readonly number[]) => void;
}

export interface TableProps {
  readonly output: TableOutput;
  readonly language: Language;
  readonly selection?: TableSelection;
}

/** Fewer rows than these are read faster than they are filtered. */
const FILTERED_FROM = 8;
/** Characters from which a cell is a sentence rather than a word. */
const LONG = 32;

/** A table that can be sorted, filtered, paged and copied. All of it stays as it was set when the rows change. */
export function Table({ output, language, selection }: TableProps) {
  const { columns, rows, caption, totalRows } = output;
  const words = TABLE_WORDS[language];
  const [sort, setSort] = useState<TableSort>();
  const [filter, setFilter] = useState("");
  const [wantedPage, setPage] = useState(0);
  const format = useMemo(() => createFormatCell(output, language), [output, language]);
  const found = useMemo(
    () => findRows(output, { filter, sort, format, language }),
    [output, filter, sort, format, language],
  );

  const pageSize = Math.max(1, output.pageSize);
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const page = Math.min(wantedPage, pages - 1);
  const shown = found.slice(page * pageSize, (page + 1) * pageSize);
  const title = caption === undefined ? undefined : inLanguage(caption, language);

  return (
    <div>
      {rows.length >= FILTERED_FROM && (
        <input
          class="table-filter"
          type="search"
          value={filter}
          placeholder={words.filter}
          aria-label={words.filter}
          onInput={(event) => {
            setFilter(event.currentTarget.value);
            setPage(0);
          }}
        />
      )}
      <ScrollBox class="table-box" label={title ?? words.label}>
        <table class="table" aria-label={title === undefined ? words.label : undefined}>
          {title !== undefined && <caption class="output-caption">{title}</caption>}
          <thead>
            <tr>
              {selection && <SelectAll selection={selection} shown={shown} language={language} />}
              {columns.map((column) => (
                <th
                  key={column.name}
                  scope="col"
                  class="output-label"
                  data-type={column.type}
                  aria-sort={sort?.column === column.name ? sort.direction : "none"}
                >
                  <button type="button" class="table-sort" onClick={() => setSort(nextSort(sort, column))}>
                    {inLanguage(column.label, language)}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((index) => (
              <tr key={index} data-selected={selection?.indices.includes(index) ? "" : undefined}>
                {selection && <SelectRow selection={selection} index={index} language={language} />}
                {rows[index].map((value, column) => {
                  const text = format(value, column);
                  return (
                    <td data-type={columns[column].type} data-long={text.length >= LONG ? "" : undefined}>
                      {typeof value === "boolean" ? <Flag value={value} language={language} /> : text}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {found.length === 0 && <div class="table-empty">{filter === "" ? words.empty : words.none}</div>}
      </ScrollBox>
      <div class="table-bar">
        <span role="status">
          {pages > 1
            ? words.range(page * pageSize + 1, page * pageSize + shown.length, found.length)
            : words.rows(found.length)}
        </span>
        {pages > 1 && (
          <span class="table-pages">
            <PageButton
              label={words.previous}
              arrow="←"
              disabled={page === 0}
              onClick={() => setPage(page - 1)}
            />
            <PageButton
              label={words.next}
              arrow="→"
              disabled={page === pages - 1}
              onClick={() => setPage(page + 1)}
            />
          </span>
        )}
        <CopyButton language={language} getText={() => toTsv(output, found, language)} />
        {totalRows > rows.length && <span>{words.cut(rows.length, totalRows)}</span>}
      </div>
    </div>
  );
}

function PageButton(props: { label: string; arrow: string; disabled: boolean; onClick: () => void }) {
  const { label, arrow, disabled, onClick } = props;
  return (
    <button
      type="button"
      class="output-button table-page"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      {arrow}
    </button>
  );
}

function Flag({ value, language }: { value: boolean; language: Language }) {
  return (
    <>
      <span aria-hidden="true">{value ? "✓" : "–"}</span>
      <span class="output-hidden">{value ? TABLE_WORDS[language].yes : TABLE_WORDS[language].no}</span>
    </>
  );
}

interface SelectRowProps {
  readonly selection: TableSelection;
  readonly index: number;
  readonly language: Language;
}

function SelectRow({ selection, index, language }: SelectRowProps) {
  const { indices, multiple, disabled, onChange } = selection;
  const name = useId();
  const checked = indices.includes(index);
  const onToggle = () => {
    if (!multiple) onChange(checked ? [] : [index]);
    else
      onChange(
        checked ? indices.filter((other) => other !== index) : [...indices, index].sort((a, b) => a - b),
      );
  };
  return (
    <td class="table-select">
      <input
        // A checkbox in both cases: a single choice can be taken back, which a radio button does not allow.
        type="checkbox"
        name={name}
        checked={checked}
        disabled={disabled}
        aria-label={TABLE_WORDS[language].selectRow(index + 1)}
        onChange={onToggle}
      />
    </td>
  );
}

interface SelectAllProps {
  readonly selection: TableSelection;
  readonly shown: readonly number[];
  readonly language: Language;
}

function SelectAll({ selection, shown, language }: SelectAllProps) {
  const { indices, multiple, disabled, onChange } = selection;
  const words = TABLE_WORDS[language];
  const all = shown.length > 0 && shown.every((index) => indices.includes(index));
  const onToggle = () => {
    const others = indices.filter((index) => !shown.includes(index));
    onChange(all ? others : [...others, ...shown].sort((a, b) => a - b));
  };
  return (
    <th scope="col" class="table-select">
      {multiple ? (
        <input
          type="checkbox"
          checked={all}
          disabled={disabled}
          aria-label={words.selectAll}
          onChange={onToggle}
        />
      ) : (
        <span class="output-hidden">{words.selection}</span>
      )}
    </th>
  );
}
