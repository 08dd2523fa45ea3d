/**
 * Goal: the rules of the code's shape (ARCHITECTURE.md, CONTRIBUTING.md) hold, and each of them can fail.
 * Method: every rule is a pure function over files as text. It runs over the whole tree, then over a
 * small planted violation and over its right spelling.
 */
import { expect, test } from "vitest";
import {
  foldersMakeNoCycle,
  importsAreAllowed,
  importsAreSpelledOneWay,
} from "./tidy/import-table.ts";
import {
  callbackIdIsFileName,
  environmentIsReadOnce,
  everyTestRuns,
  filesAreKebabCase,
  filesAreShort,
  noBarrels,
  pureFoldersArePure,
} from "./tidy/shape.ts";
import { importsOf, isTypeScript, readSources, type Source, type TidyRule } from "./tidy/source.ts";
import {
  exportsAreDocumented,
  noBannedWords,
  noMachinePaths,
  schemasAreNamedForTheThing,
  tablesAreSingular,
  testsOpenWithAComment,
} from "./tidy/words.ts";

interface Held {
  rule: TidyRule;
  says: string;
  /** Each of these files alone is refused. */
  bad: readonly Source[][];
  /** These are fine together. */
  good: readonly Source[];
}

const doc = "/** What it does. */\n";

const held: Held[] = [
  {
    rule: importsAreAllowed,
    says: "every import is one that the table allows",
    bad: [
      [file("src/domain/x.ts", imports("#src/db/open.ts"))],
      [file("src/domain/x.ts", imports("#src/lib/clock.ts"))],
      [file("src/domain/x.ts", imports("pg"))],
      [file("src/domain/x.ts", 'export {\n  a,\n} from "#src/slack/app.ts";\n')],
      [file("src/domain/x.ts", 'const a = await import("#src/web/handler.ts");\n')],
      [file("src/domain/x.ts", imports("./../db/open.ts"))],
      [file("views/x.ts", imports("#commands/index.ts"))],
      [file("src/documents/x.ts", imports("#src/lib/errors.ts"))],
      [file("src/db/people.ts", imports("pg-boss"))],
      [file("src/usecases/x.ts", imports("#src/jobs/worker.ts"))],
      [file("src/jobs/x.ts", imports("#src/slack/app.ts"))],
      [file("sandbox/x.ts", imports("#src/db/open.ts"))],
      [file("sandbox/page/x.tsx", imports("node:fs"))],
      [file("sandbox/page/slack/x.tsx", imports("#sandbox/start.ts"))],
      [file("sandbox/page/x.tsx", imports("pg"))],
      [file("migrations/x.ts", imports("#src/db/schema.ts"))],
      [file("migrations/x.ts", imports("zod"))],
      [file("src/web/x.ts", imports("fs"))],
      [file("src/brand-new/x.ts", imports("zod"))],
    ],
    good: [
      file(
        "src/domain/x.ts",
        imports("./layers/index.ts", "#src/lib/result.ts", "zod", "date-fns/format"),
      ),
      file(
        "src/jobs/x.ts",
        imports("#src/slack/client.ts", "#src/documents/issue.ts", "rate-limiter-flexible"),
      ),
      file("src/db/effects.ts", imports("./open.ts", "pg-boss", "kysely")),
      file("sandbox/page/slack/x.tsx", imports("#sandbox/page/kit/blocks.tsx", "react", "./x.css")),
      file("test/x.test.ts", imports("vitest", "#sandbox/start.ts", "#src/main.ts")),
    ],
  },
  {
    rule: importsAreSpelledOneWay,
    says: "each import has one spelling",
    bad: [
      [file("src/db/x.ts", imports("../lib/id.ts"))],
      [file("src/db/x.ts", imports("./../lib/id.ts"))],
      [file("src/db/x.ts", imports("#src/db/open.ts"))],
      [file("src/main.ts", imports("./slack/app.ts"))],
      [file("src/main.ts", imports("./config.ts"))],
      [file("src/db/x.ts", imports("./open"))],
      [file("src/db/x.ts", imports("#src/lib/id"))],
    ],
    good: [
      file("src/domain/x.ts", imports("./layers/index.ts", "#src/lib/id.ts", "zod")),
      file("src/domain/layers/x.ts", imports("./index.ts", "#src/domain/person.ts")),
      file("src/main.ts", imports("#src/config.ts", "#src/slack/app.ts")),
    ],
  },
  {
    rule: foldersMakeNoCycle,
    says: "no folders import each other",
    bad: [
      [
        file("src/db/x.ts", imports("#src/usecases/y.ts")),
        file("src/usecases/y.ts", imports("#src/db/z.ts")),
      ],
      [
        file("src/db/x.ts", imports("#src/usecases/y.ts")),
        file("src/usecases/y.ts", imports("#views/z.ts")),
        file("views/z.ts", imports("#src/db/x.ts")),
      ],
    ],
    good: [
      file("src/usecases/y.ts", imports("#src/db/z.ts", "#src/domain/a.ts")),
      file("src/db/z.ts", imports("#src/domain/a.ts")),
    ],
  },
  {
    rule: noBarrels,
    says: "no file only re-exports",
    bad: [
      [file("src/db/index.ts", 'export * from "./open.ts";\nexport { a, b } from "./x.ts";\n')],
      [file("views/all.ts", `${doc}export type { A } from "./a.ts";\n`)],
    ],
    good: [
      file("src/jobs/index.ts", 'import { a } from "./a.ts";\nexport const handlers = { a };\n'),
    ],
  },
  {
    rule: pureFoldersArePure,
    says: "domain, views and documents know no clock, no random, no I/O, nothing async",
    bad: [
      "const a = Date.now();",
      "const a = new Date( );",
      "const a = Math.random();",
      "export async function a() {}",
      "await a;",
      imports("node:fs"),
      "const a = fetch(url);",
    ].flatMap((text) =>
      ["src/domain/x.ts", "views/x.ts", "src/documents/x.ts"].map((path) => [file(path, text)]),
    ),
    good: [
      file("src/domain/x.ts", 'const a = new Date(at); // await Date.now()\nconst b = "async";\n'),
      file("src/db/x.ts", "await Date.now();"),
    ],
  },
  {
    rule: environmentIsReadOnce,
    says: "only the configuration reads the environment",
    bad: [[file("src/slack/app.ts", "const a = process.env.HOME;")]],
    good: [
      file("src/config.ts", "const a = process.env;"),
      file("sandbox/demo.ts", "start({ env: process.env });"),
      file("src/slack/x.ts", "// never process.env here"),
    ],
  },
  {
    rule: filesAreShort,
    says: "no file has more than 400 lines",
    bad: [
      [file("src/db/x.ts", "a;\n".repeat(401))],
      [file("sandbox/page/x.tsx", "a;\n".repeat(401))],
    ],
    good: [file("src/db/x.ts", "a;\n".repeat(400)), file("src/db/schema.ts", "a;\n".repeat(900))],
  },
  {
    rule: filesAreKebabCase,
    says: "files are named in kebab-case",
    bad: [
      [file("src/db/openDb.ts", "")],
      [file("src/db/open_db.ts", "")],
      [file("sandbox/page/App.tsx", "")],
      [file("test/X.test.ts", "")],
    ],
    good: [
      file("src/db/open-db.ts", ""),
      file("test/db/open-db.test.ts", ""),
      file("migrations/2026-11-21T0900-create-incident.ts", ""),
    ],
  },
  {
    rule: callbackIdIsFileName,
    says: "a modal's callback_id is its file's name",
    bad: [[file("views/modals/declare-incident.ts", 'const m = { callbackId: "declare" };')]],
    good: [
      file("views/modals/declare-incident.ts", 'const m = { callbackId: "declare-incident" };'),
    ],
  },
  {
    rule: exportsAreDocumented,
    says: "what src, commands and views export says what it does",
    bad: [
      [file("src/db/x.ts", "export function a() {}\n")],
      [file("views/x.ts", "export const a = (b: string): string => b;\n")],
      [file("commands/x.ts", "export const run: Run = async (\n  ctx,\n  text,\n) => text;\n")],
      [file("src/db/x.ts", `${doc}\nexport async function a() {}\n`)],
    ],
    good: [
      file("src/db/x.ts", `${doc}export function a() {}\n${doc}export const b = () => 1;\n`),
      file("src/db/y.ts", "export const limit = 3;\nexport interface A {}\nfunction own() {}\n"),
      file("sandbox/x.ts", "export function a() {}\n"),
    ],
  },
  {
    rule: testsOpenWithAComment,
    says: "a test file opens with its goal and method",
    bad: [[file("test/db/x.test.ts", 'import { test } from "vitest";\n')]],
    good: [file("test/db/x.test.ts", "/** Goal and method. */\n"), file("test/support/x.ts", "a;")],
  },
  {
    rule: everyTestRuns,
    says: "no test is left out, and none runs alone",
    bad: [
      [file("test/x.test.ts", "test.only(a);")],
      [file("test/x.test.ts", "test.concurrent.skip(a);")],
    ],
    good: [file("test/x.test.ts", "test.each(a)(b); // test.only")],
  },
  {
    rule: noBannedWords,
    says: "one word for one thing, and nothing left to do",
    bad: [
      [file("src/domain/x.ts", "// the commander\n")],
      [file("README.md", "The Commander decides")],
      [file("src/domain/x.ts", "// TODO: write it\n")],
      [file("src/domain/x.ts", "// FIXME\n")],
    ],
    good: [file("src/domain/x.ts", "// the coordinator commands nobody\n")],
  },
  {
    rule: noMachinePaths,
    says: "no folder of a home directory is written down",
    bad: [
      [file("README.md", "cd /home/someone/faultline")],
      [file("src/db/x.ts", 'const a = "/Users/someone";')],
      [file("src/db/x.ts", 'const a = "/root/x";')],
    ],
    good: [file("README.md", "see https://example.com/home/page and ./home/x")],
  },
  {
    rule: schemasAreNamedForTheThing,
    says: "a zod schema has the name of its type",
    bad: [
      [file("src/config.ts", "export const configSchema = z.object({});")],
      [file("src/config.ts", "type ConfigSchema = z.infer<typeof config>;")],
    ],
    good: [file("src/config.ts", "const config = z.object({});\nconst jsonSchema = read();")],
  },
  {
    rule: tablesAreSingular,
    says: "tables are named in the singular, in snake_case",
    bad: [
      [file("migrations/x.ts", "sql`create table incidents (id integer)`")],
      [file("migrations/x.ts", 'sql`create table if not exists "leverUse" ()`')],
      [file("migrations/x.ts", 'db.schema.createTable("effect_rows")')],
    ],
    good: [
      file(
        "migrations/x.ts",
        "sql`create table lever_use (); create table status (); create table hypothesis ();`",
      ),
    ],
  },
];

const sources = readSources();

test("tidy sees the tree: its files, its folders and its imports", () => {
  const code = sources.filter(isTypeScript);
  expect(code.length).toBeGreaterThan(100);
  expect(code.flatMap(importsOf).length).toBeGreaterThan(300);
  expect(sources.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["src/domain/incident.ts", "views/modal.ts", "README.md"]),
  );
});

test.each(held)("In the whole tree, $says", ({ rule }) => {
  expect(rule(sources)).toEqual([]);
});

const planted = held.flatMap(({ rule, says, bad }) => bad.map((files) => ({ rule, says, files })));

test.each(planted)(
  "It is refused, where not $says: $files.0.path, $files.0.text",
  ({ rule, files }) => {
    expect(rule(files)).not.toEqual([]);
  },
);

test.each(held)("The right spelling passes: $says", ({ rule, good }) => {
  expect(rule(good)).toEqual([]);
});

function file(path: string, text: string): Source {
  return { path, text };
}

/** A file's imports, put together here so that this file itself does not seem to import them. */
function imports(...specifiers: string[]): string {
  return specifiers.map((specifier) => `import ${JSON.stringify(specifier)};\n`).join("");
}
