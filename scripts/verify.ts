import { readFileSync } from "node:fs";
import { sealOf, tamperFaults, verifyFile } from "#src/documents/attribution-file.ts";
import { onlySealed } from "#src/documents/attribution-file/cross-check.ts";
import { sha256 } from "#src/lib/sha256.ts";

/**
 * Tests every verdict of a postmortem's file (`….attribution.json`) by the rules, from that file alone: no
 * database, no network. Exit status 0 where all of them hold and nothing was changed, 1 where something does
 * not hold, 2 where the file cannot be read.
 */
const usage = "npm run verify -- inc-12-old-rule.attribution.json";
const faultsAtMost = 20;

const [path, ...more] = process.argv.slice(2);
if (path === undefined || more.length > 0) refuse(`Name one file. Usage: ${usage}`);
const json = parse(read(path), path);
const checks = verifyFile(json);
if (!checks.ok) {
  const faults = checks.error
    .slice(0, faultsAtMost)
    .map(({ path: at, message }) => `  ${at === "" ? "the file" : at}: ${message}`);
  const rest = checks.error.length - faults.length;
  refuse(
    [
      `${path} is no attribution file of Faultline's, or a broken one:`,
      ...faults,
      ...(rest > 0 ? [`  and ${rest} more`] : []),
    ].join("\n"),
  );
}

const changed = tamperFaults(json, sha256);
const refused = checks.value.filter(({ holds }) => !holds).length;
const lines = [
  ...(changed.length > 0
    ? ["The file is not as Faultline wrote it.", ...changed.map((one) => `changed   ${one}`), ""]
    : []),
  summary(checks.value.length, refused),
  ...checks.value.flatMap(({ holds, sentence, refusedBy }) => [
    `${holds ? "holds    " : "REFUSED  "} ${sentence}`,
    ...refusedBy.map(({ says }) => `          ${says}`),
  ]),
  "",
  `Seal ${sealOf(json, sha256)}: compare it with the one that the postmortem names.`,
  `Not tested, since no entry of the timeline tells it and the seal alone holds it: ${onlySealed}.`,
];
process.stdout.write(`${lines.join("\n")}\n`);
process.exitCode = refused > 0 || changed.length > 0 ? 1 : 0;

function summary(count: number, refusedCount: number): string {
  if (count === 0) return "No verdict stands in this file, so there is nothing to test.";
  if (refusedCount > 0) {
    return `${refusedCount} of ${count} verdicts ${refusedCount === 1 ? "does" : "do"} not hold by what the file records.`;
  }
  return count === 1 ? "The one verdict holds." : `All ${count} verdicts hold.`;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    return refuse(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return refuse(`${file} is no JSON: ${(error as Error).message}.`);
  }
}

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}
