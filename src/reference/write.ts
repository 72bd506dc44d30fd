/** `npm run docs`: writes docs/reference anew from the library's docstrings. */
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { renderReferenceFiles } from "./files.ts";
import { projectRoot, readProjectLibrary } from "./project.ts";

const folder = `${projectRoot}docs/reference/`;
const files = renderReferenceFiles(readProjectLibrary(projectRoot));
await mkdir(folder, { recursive: true });
for (const name of await readdir(folder)) if (!files.has(name)) await rm(`${folder}${name}`);
for (const [name, text] of files) await writeFile(`${folder}${name}`, text);
