/**
 * `npm run mutate`: does a test see it when a rule refuses nothing any more? Each rule of attribution (R1 to
 * R14) and of actions (Q0 to Q3) is made always content in turn; the domain tests that name it run, and the
 * first one that fails is printed. `npm run mutate -- R3 Q0` breaks those alone. Ends with 1 where a rule
 * can be broken unseen, or where the tests fail without any mutant.
 */
import { glob, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { createVitest, type TestCase, type TestModule } from "vitest/node";
import { mutants as all } from "#test/support/mutants.ts";
import { checkMutants, mutationPlugin, type Mutant } from "#test/support/mutation.ts";

const root = new URL("..", import.meta.url).pathname;
const wanted = process.argv.slice(2);
const mutants = all.filter(({ rule }) => wanted.length === 0 || wanted.includes(rule));
if (mutants.length === 0) {
  console.error(`Name rules: ${[...new Set(all.map(({ rule }) => rule))].join(", ")}`);
  process.exit(2);
}
await checkMutants(mutants);

const names = [...new Set(mutants.map(({ rule }) => rule))];
const control = await run(names, undefined);
for (const rule of names) {
  if (!control.passed.some((name) => isNamed(name, rule))) {
    console.error(`No test names ${rule}.`);
    process.exitCode = 1;
  }
}
if (control.failed.length > 0) {
  console.error(`Without any mutant, this fails already: ${control.failed[0]}`);
  process.exit(1);
}
console.log(`Without any mutant: ${control.passed.length} tests pass that name a rule.`);

let survived = 0;
for (const mutant of mutants) {
  const { rule, what } = mutant;
  const { passed, failed } = await run([rule], mutant);
  // a test of the rule says more than one that names it beside others
  const [first] = failed.toSorted((a, b) => Number(leads(b, rule)) - Number(leads(a, rule)));
  if (passed.length + failed.length === 0) throw new Error(`No test ran for ${rule}.`);
  if (first === undefined) survived += 1;
  console.log(
    first === undefined ? `${rule} SURVIVED (${what})` : `${rule} (${what}) killed by ${first}`,
  );
}
if (survived > 0) {
  console.error(
    `${survived} of ${mutants.length} mutants survived: no test that names the rule saw it.`,
  );
  process.exitCode = 1;
} else {
  console.log(`All ${mutants.length} mutants were killed.`);
}

/**
 * The domain tests that name one of the rules, as "file: name", in the order of files and tests. Without the
 * properties: what is printed must not depend on luck.
 */
async function run(
  rules: readonly string[],
  mutant: Mutant | undefined,
): Promise<{ passed: string[]; failed: string[] }> {
  const vitest = await createVitest(
    "test",
    {
      root,
      config: false,
      watch: false,
      include: await filesNaming(rules),
      testNamePattern: new RegExp(rules.map(pattern).join("|")),
      // a mutant that is read from the cache is none
      fsModuleCache: mutant === undefined,
      isolate: false,
      maxWorkers: 2,
      reporters: [{}],
    },
    { plugins: mutant ? [mutationPlugin(mutant)] : [], logLevel: "silent" },
  );
  const exitCode = process.exitCode;
  await vitest.start();
  const modules = vitest.state
    .getTestModules()
    .toSorted((a, b) => (a.moduleId < b.moduleId ? -1 : 1));
  const passed = modules.flatMap((one) => told(one, "passed"));
  const failed = modules.flatMap((one) => [...told(one, "failed"), ...broken(one)]);
  await vitest.close();
  // a test that fails because of a mutant is what is wanted
  process.exitCode = exitCode;
  return { passed, failed };
}

/** Files without such a test need not be loaded. */
async function filesNaming(rules: readonly string[]): Promise<string[]> {
  const files = await Array.fromAsync(glob("test/domain/**/*.test.ts", { cwd: root }));
  const naming = new RegExp(rules.map(pattern).join("|"));
  const texts = files
    .filter((file) => !file.endsWith(".property.test.ts"))
    .map(async (file) => ({ file, text: await readFile(join(root, file), "utf8") }));
  const found = (await Promise.all(texts)).filter(({ text }) => naming.test(text));
  return found.map(({ file }) => file);
}

function told(module: TestModule, state: "passed" | "failed"): string[] {
  return [...module.children.allTests(state)].map(
    (test: TestCase) => `${pathOf(module)}: ${test.fullName}`,
  );
}

/** A file that cannot be loaded is no test that saw something: it ends the run. */
function broken(module: TestModule): string[] {
  for (const { message } of module.errors()) throw new Error(`${pathOf(module)}: ${message}`);
  return [];
}

function pathOf({ moduleId }: TestModule): string {
  return relative(root, moduleId);
}

/** "R1" is not in "R10"; "R5" is in "R5a". */
function pattern(rule: string): string {
  return `\\b${rule}[a-d]?\\b`;
}

/** Its name begins with the rule. */
function leads(test: string, rule: string): boolean {
  return new RegExp(`(?:: |> )${pattern(rule)}`).test(test);
}

function isNamed(name: string, rule: string): boolean {
  return new RegExp(pattern(rule)).test(name);
}
