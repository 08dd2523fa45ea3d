import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/** One rule made always content. */
export interface Mutant {
  /** The rule whose tests must see it: tests that name it, "R5" those of "R5a" too. */
  rule: string;
  /** What is broken, in a few words. */
  what: string;
  /** The module, from the root of the repository. */
  file: string;
  /** The name that the module declares; whoever imports or uses it gets `by` instead. */
  name: string;
  /** JavaScript; `original` is what it stands for. */
  by: string;
}

/**
 * The module's text with the declaration under another name and `by` in its place, inside the module as
 * well. Throws where the module does not declare the name once: a mutant that changes nothing would survive.
 */
function mutated(source: string, { name, by, file }: Mutant): string {
  const declaration = new RegExp(`^(export )?(const|function) ${name}\\b`, "gm");
  const found = [...source.matchAll(declaration)];
  const [only] = found;
  if (!only || found.length > 1) {
    throw new Error(`${file} declares ${name} ${found.length} times, not once.`);
  }
  const [, exported = "", keyword = ""] = only;
  const renamed = source.replace(declaration, `${keyword} unmutated_${name}`);
  const value = by.replaceAll(/\boriginal\b/g, `unmutated_${name}`);
  // hoisted, so that modules that import one another find it
  return `${renamed}\n${exported}function ${name}(...given) { return (${value})(...given); }\n`;
}

/** Checks every mutant against the files as they stand; throws as `mutated` does. */
export async function checkMutants(mutants: readonly Mutant[]): Promise<void> {
  for (const mutant of mutants) mutated(await readFile(pathOf(mutant), "utf8"), mutant);
}

/** A plugin of Vite that gives everybody who imports the mutant's module the broken one. */
export function mutationPlugin(mutant: Mutant): Plugin {
  const path = pathOf(mutant);
  return {
    name: "mutation",
    enforce: "pre",
    transform(code, id) {
      return id.split("?")[0] === path ? { code: mutated(code, mutant), map: null } : undefined;
    },
  };
}

function pathOf({ file }: Mutant): string {
  return fileURLToPath(new URL(`../../${file}`, import.meta.url));
}
