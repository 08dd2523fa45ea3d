/** What every rule of tidy is handed: files as text, and what can be read off them. */
import { readdirSync, readFileSync } from "node:fs";

export interface Source {
  /** From the root of the repository, with slashes. */
  path: string;
  text: string;
}

/** One import, export from, or `import("…")` of a file. */
export interface Import {
  path: string;
  specifier: string;
  /** The file it leads to, from the root; undefined for a package or a `node:` module. */
  target: string | undefined;
}

/** Takes all files, returns one line for each violation: where, what, and what to do instead. */
export type TidyRule = (sources: readonly Source[]) => string[];

const folders = [
  "bench",
  "commands",
  "docs",
  "migrations",
  "sandbox",
  "scenarios",
  "scripts",
  "src",
  "test",
  "views",
  ".ci",
];

/** Every text file of the repository, what is installed or generated left out. */
export function readSources(): Source[] {
  const atRoot = readdirSync(".", { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:md|ya?ml|json|ts|mjs)$/.test(entry.name))
    .map((entry) => entry.name)
    .filter((name) => name !== "package-lock.json");
  const below = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/")),
  );
  return [...atRoot, ...below].map((path) => ({ path, text: readFileSync(path, "utf8") }));
}

export function isTypeScript({ path }: Source): boolean {
  return /\.tsx?$/.test(path);
}

/** Everything a file imports. Imports begin a line; dynamic ones stand anywhere in code. */
export function importsOf({ path, text }: Source): Import[] {
  const fromClause =
    /^(?:import|export)\s(?:[^"'`;]*?\sfrom\s+)?["']([^"']+)["']|^\}\s*from\s+["']([^"']+)["']/gm;
  const dynamic = /\bimport\(\s*["']([^"']+)["']\s*\)/g;
  const specifiers = [...text.matchAll(fromClause), ...text.matchAll(dynamic)].map(
    ([, one, other]) => one ?? other ?? "",
  );
  return specifiers.map((specifier) => ({ path, specifier, target: targetOf(path, specifier) }));
}

function targetOf(path: string, specifier: string): string | undefined {
  if (specifier.startsWith("#")) return specifier.slice(1);
  if (!specifier.startsWith(".")) return undefined;
  const parts = path.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** The code of a file: comments, texts and regular expressions are blanked, lines stay where they are. */
export function codeOf(text: string): string {
  const inert =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?<=[=(,:[!&|?{};]\s*|return )\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g;
  return text.replaceAll(inert, (match) => match.replaceAll(/[^\n]/g, " "));
}

/** The number of the line at this offset, counted from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
