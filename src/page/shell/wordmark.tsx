export interface WordmarkProps {
  readonly href: string;
  /** What the link does, for instance "Course". */
  readonly label: string;
}

/** The name of the site, in both scripts whatever the language: it is a name. */
export function Wordmark({ href, label }: WordmarkProps) {
  return (
    <a class="wordmark" href={href} title={label}>
      <span lang="ko">{hangul}</span> <span lang="en">{latin}</span>
    </a>
  );
}

const hangul = "공부";
const latin = "Gongbu";
