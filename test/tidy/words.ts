/** Rules about words: names, comments, what must not be written down. */
import { codeOf, isTypeScript, type TidyRule } from "./source.ts";
import { find } from "./shape.ts";

/** This folder and its test name what they look for. */
const isOurs = (path: string): boolean => path.startsWith("test/tidy");

/** Every function that src, commands and views export says what it takes and returns. */
export const exportsAreDocumented: TidyRule = (sources) =>
  sources
    .filter((source) => isTypeScript(source) && /^(?:src|commands|views)\//.test(source.path))
    .flatMap(({ path, text }) => {
      const lines = text.split("\n");
      return lines.flatMap((line, index) => {
        const name = exportedFunction(lines.slice(index, index + 12).join("\n"));
        if (name === undefined || /\*\/\s*$/.test(lines[index - 1] ?? "")) return [];
        return [
          `${path}:${index + 1}: ${name} is exported without a doc comment; say what it takes, returns and refuses`,
        ];
      });
    });

/** The name of the function that an export at the start of this text declares. */
function exportedFunction(text: string): string | undefined {
  const declared = /^export (?:async )?function\*? (\w+)/.exec(text);
  // an arrow function, also one whose type is given and whose parameters go over lines
  const arrow =
    /^export const (\w+)(?:: [^=]+?)? = (?:async )?(?:<[^>]*>)?(?:\w+|\([^()]*(?:\([^()]*\)[^()]*)*\)(?:: [^=]+?)?) =>/.exec(
      text,
    );
  return declared?.[1] ?? arrow?.[1];
}

/** A test file opens with its goal and its method. */
export const testsOpenWithAComment: TidyRule = (sources) =>
  sources
    .filter(({ path }) => path.startsWith("test/") && path.endsWith(".test.ts"))
    .filter(({ text }) => !/^\s*\/[/*]/.test(text))
    .map(({ path }) => `${path}: open it with a comment that says its goal and its method`);

const leftToDo: [RegExp, string][] = [
  [/\b(?:TODO|FIXME|XXX|HACK)\b/g, "do it now, or open an issue"],
];

/** One word for one thing, and nothing left to do in a comment. */
export const noBannedWords: TidyRule = (sources) =>
  sources
    .filter(({ path }) => !isOurs(path) && /\.(?:tsx?|mjs|css|html|md|ya?ml)$/.test(path))
    .flatMap((source) =>
      find(source, source.text, [
        [/\bcommanders?\b/gi, "say coordinator"],
        // a document may speak of such notes, code may not hold one
        ...(source.path.endsWith(".md") ? [] : leftToDo),
      ]),
    );

/** No machine of ours is written down: no folder of a home directory. */
export const noMachinePaths: TidyRule = (sources) =>
  sources
    .filter(({ path }) => !isOurs(path))
    .flatMap((source) =>
      find(source, source.text, [
        [
          /(?<![\w.])\/(?:home|Users)\/\w+|(?<![\w.])\/root\/\w+|\b[A-Z]:\\Users\b/g,
          "use a path relative to the repository, or mkdtemp",
        ],
      ]),
    );

/** A zod schema and its type share one name, without “Schema”. */
export const schemasAreNamedForTheThing: TidyRule = (sources) =>
  sources.filter(isTypeScript).flatMap((source) =>
    find(source, codeOf(source.text), [
      [
        /\bconst \w+[sS]chema\b(?=[^=\n]*=\s*z\b)/g,
        "leave “Schema” out, the type has the same name",
      ],
      [/\btype \w+Schema\b(?=[^=\n]*=\s*z\b)/g, "leave “Schema” out"],
    ]),
  );

/** Tables are named in the singular, in snake_case. */
export const tablesAreSingular: TidyRule = (sources) =>
  sources
    .filter(({ path }) => path.startsWith("migrations/"))
    .flatMap(({ path, text }) => {
      const created = /create table (?:if not exists )?"?(\w+)"?|createTable\(\s*["'`](\w+)["'`]/gi;
      return [...text.matchAll(created)]
        .map(([, one, other]) => one ?? other ?? "")
        .filter((name) => !/^[a-z]+(?:_[a-z]+)*$/.test(name) || /[^siu]s$/.test(name))
        .map((name) => `${path}: table ${name}; name it in the singular, in snake_case`);
    });
