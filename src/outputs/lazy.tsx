import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Language } from "./language.ts";

/**
 * A renderer that is fetched when its first output comes: what a lecture never shows is never loaded. Nothing stands until
 * it is there, and why it is not, if it cannot be fetched.
 */
export function lazy<Props extends { readonly language: Language }>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  return function Lazy(props: Props) {
    const [Loaded, setLoaded] = useState<ComponentType<Props>>();
    const [failure, setFailure] = useState<string>();
    useEffect(() => {
      let isMounted = true;
      load().then(
        (component) => isMounted && setLoaded(() => component),
        (error: unknown) => isMounted && setFailure(error instanceof Error ? error.message : String(error)),
      );
      return () => {
        isMounted = false;
      };
    }, []);
    if (failure !== undefined) {
      return (
        <p role="alert">
          {FAILED[props.language]} {failure}
        </p>
      );
    }
    return Loaded ? <Loaded {...props} /> : null;
  };
}

const FAILED = {
  en: "What draws this output could not be fetched. Reload the page.",
  ko: "이 출력을 그리는 프로그램을 가져오지 못했습니다. 페이지를 새로 고치십시오.",
};
