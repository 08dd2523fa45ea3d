/** Rules about the shape of files and folders. */
import { codeOf, importsOf, isTypeScript, lineAt, type Source, type TidyRule } from "./source.ts";

/** Written by kysely-codegen, not by us. */
const generated = "src/db/schema.ts";
const longest = 400;

/** No file of ours is longer than 400 lines: then it is two things. */
export const filesAreShort: TidyRule = (sources) =>
  sources
    .filter(({ path }) => /\.(?:tsx?|mjs|css)$/.test(path) && path !== generated)
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }))
    .filter(({ lines }) => lines > longest)
    .map(({ path, lines }) => `${path}: ${lines} lines; split it, ${longest} is the most`);

/** Files are named in kebab-case; a migration begins with its time. */
export const filesAreKebabCase: TidyRule = (sources) =>
  sources
    .filter(({ path }) => /\.(?:tsx?|mjs|css)$/.test(path))
    .filter(({ path }) => {
      const name = path.slice(path.lastIndexOf("/") + 1).replace(/^\d{4}-\d\d-\d\dT\d{4}-/, "");
      return !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)*\.(?:tsx?|mjs|css)$/.test(name);
    })
    .map(({ path }) => `${path}: name it in kebab-case, for example declare-incident.ts`);

/** No file only hands on what others export: import the thing from where it is. */
export const noBarrels: TidyRule = (sources) =>
  sources
    .filter(isTypeScript)
    .filter(({ text }) => {
      const code = codeOf(text).replaceAll(/\s+/g, " ").trim();
      return (
        code !== "" &&
        /^(?:export (?:type )?(?:\*(?: as \w+)?|\{[^}]*\}) from ;? ?)+$/.test(`${code} `)
      );
    })
    .map(({ path }) => `${path}: only re-exports; delete it and import from the files themselves`);

const pureFolders = ["src/domain/", "views/", "src/documents/"];
const impure: [pattern: RegExp, instead: string][] = [
  [/\bDate\.now\b/g, "take the time as an argument"],
  [/\bnew Date\(\s*\)/g, "take the time as an argument"],
  [/\b(?:Math\.random|crypto\.\w+|performance\.now)\b/g, "take the value as an argument"],
  [/\basync\b|\bawait\b|\bPromise\b/g, "do what waits in a use case or a job"],
  [/\b(?:setTimeout|setInterval|fetch|process\.\w+)\b/g, "do it in a use case or a job"],
];

/** Domain, views and documents: no clock, no random, no I/O, nothing async. */
export const pureFoldersArePure: TidyRule = (sources) =>
  sources
    .filter((source) => isTypeScript(source) && pureFolders.some((f) => source.path.startsWith(f)))
    .flatMap((source) => [
      ...find(source, codeOf(source.text), impure),
      ...importsOf(source)
        .filter(({ specifier }) => specifier.startsWith("node:"))
        .map(
          ({ path, specifier }) => `${path}: imports ${specifier}; do it in a use case or a job`,
        ),
    ]);

const startsProcesses = /^(?:src\/config\.ts|(?:sandbox|scripts|bench|test)\/)/;

/** The environment is read in one place; what starts processes may hand it on. */
export const environmentIsReadOnce: TidyRule = (sources) =>
  sources
    .filter((source) => isTypeScript(source) && !startsProcesses.test(source.path))
    .flatMap((source) =>
      find(source, codeOf(source.text), [
        [/\bprocess\.env\b/g, "add a key to src/config.ts and take it as an argument"],
      ]),
    );

/** A modal's callback_id is the name of its file, so that one grep finds it. */
export const callbackIdIsFileName: TidyRule = (sources) =>
  sources
    .filter(({ path }) => path.startsWith("views/modals/"))
    .flatMap(({ path, text }) => {
      const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.ts$/, "");
      return [...text.matchAll(/\b(?:callbackId|callback_id)\s*(?::|=)\s*["'`]([^"'`]*)["'`]/g)]
        .filter(([, id]) => id !== name)
        .map(([, id]) => `${path}: callback_id “${id}”; call it “${name}”, like its file`);
    });

/** No test is left out, and none runs alone. */
export const everyTestRuns: TidyRule = (sources) =>
  sources
    .filter(({ path }) => path.endsWith(".test.ts"))
    .flatMap((source) =>
      find(source, codeOf(source.text), [
        [/\b(?:test|it|describe)(?:\.\w+)*\.(?:only|skip|todo|fails)\b/g, "let every test run"],
      ]),
    );

/** Each line where one of the patterns is found, with what to do instead. */
export function find(
  { path }: Source,
  text: string,
  patterns: readonly [pattern: RegExp, instead: string][],
): string[] {
  return patterns.flatMap(([pattern, instead]) =>
    [...text.matchAll(pattern)].map(
      (match) => `${path}:${lineAt(text, match.index)}: ${match[0].trim()}; ${instead}`,
    ),
  );
}
