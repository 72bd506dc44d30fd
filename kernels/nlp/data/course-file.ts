import { LearnerError } from "../error.ts";

/** The text of one of the course's own files, asked for as it is at the call. `url` is data/NAME/FILE. */
export async function fetchCourseFile(url: string, { where }: { readonly where: string }): Promise<string> {
  const response = await globalThis.fetch(url);
  if (response.ok) return response.text();
  const folder = `notebooks/${url.slice(0, url.lastIndexOf("/"))}`;
  const { status } = response;
  throw new LearnerError({
    code: "missing-file",
    where,
    given: {
      en: `${url} was answered with status ${status}.`,
      ko: `${url} 요청에 상태 ${status}이(가) 돌아왔습니다.`,
    },
    expected: { en: "The course's data set should be there.", ko: "강의의 데이터 세트가 있어야 합니다." },
    remedy: {
      en: `Reload the page; in a copy of the course check that ${folder} was copied too.`,
      ko: `페이지를 새로 고치고, 강의를 복사해 쓴다면 ${folder}도 복사했는지 확인하십시오.`,
    },
  });
}
