/**
 * Goal: `npm run verify -- FILE` tells somebody who has a postmortem's file and a clone, and no database,
 * whether its verdicts hold: a sentence first, then each verdict, and an exit status for programs.
 * Method: the script itself, on the file of S1, the same with one count changed, and files that are none.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { attributionText, toAttributionFile } from "#src/documents/attribution-file.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { scenarioRecord } from "#test/documents/scenario-state.ts";
import { told } from "#test/documents/told.ts";

const folder = await mkdtemp(join(tmpdir(), "faultline-verify-"));
afterAll(() => rm(folder, { recursive: true }));
const script = join(import.meta.dirname, "..", "..", "scripts", "verify.ts");
const text = attributionText(
  toAttributionFile(told(scenarioRecord("s1-three-serving-bugs.yaml")), sha256),
);

async function verify(content: string): Promise<{ status: number; out: string; err: string }> {
  const path = join(folder, `${sha256(content).slice(0, 8)}.attribution.json`);
  await writeFile(path, content);
  return new Promise((done) => {
    execFile(process.execPath, [script, path], { env: {} }, (error, out, err) =>
      done({ status: typeof error?.code === "number" ? error.code : 0, out, err }),
    );
  });
}

test("a file whose verdicts hold: that first, then each of them, exit status 0", async () => {
  const { status, out, err } = await verify(text);
  expect({ status, err }).toEqual({ status: 0, err: "" });
  const lines = out.split("\n");
  expect(lines[0]).toBe("All 22 verdicts hold.");
  expect(lines).toContain("holds     Strand 1: Infrastructure, broke first, confirmed.");
  const seal = /"digest": "(\w{64})"/.exec(text)?.[1];
  expect(lines).toContain(`Seal ${seal}: compare it with the one that the postmortem names.`);
  expect(out).toMatch(/^Not tested, since no entry of the timeline tells it/m);
});

test("R5: a file with a changed count: which verdict is refused and why, exit status 1", async () => {
  const { status, out } = await verify(
    text.replaceAll('"fails": 10,', '"fails": 1,').replaceAll('"fails": 10\n', '"fails": 1\n'),
  );
  expect(status).toBe(1);
  const lines = out.split("\n");
  expect(lines.slice(0, 2)).toEqual([
    "The file is not as Faultline wrote it.",
    "changed   The file was changed after it was written: its seal does not fit.",
  ]);
  expect(out).toMatch(/^\d of 22 verdicts do(?:es)? not hold by what the file records\.$/m);
  const at = lines.indexOf(
    "REFUSED   Strand 3: Infrastructure, broke first, confirmed, for models claude-haiku-3.5.",
  );
  expect(lines[at + 1]).toMatch(/^ {10}Infrastructure cannot be named like this yet: /);
});

test("a change that leaves every verdict holding: first that the file was changed, and the seal that fits it now", async () => {
  const { status, out } = await verify(text.replace('"title": "', '"title": "No '));
  expect(status).toBe(1);
  expect(out.split("\n").slice(0, 4)).toEqual([
    "The file is not as Faultline wrote it.",
    "changed   The file was changed after it was written: its seal does not fit.",
    "",
    "All 22 verdicts hold.",
  ]);
  const seal = /"digest": "(\w{64})"/.exec(text)?.[1] ?? "";
  expect(out).toMatch(/^Seal \w{64}: compare/m);
  expect(out).not.toContain(seal);
});

test("what is no such file says where, and exits with status 2", async () => {
  const broken = await verify(text.replace('"probable"', '"certain"'));
  expect(broken).toMatchObject({ status: 2, out: "" });
  expect(broken.err).toMatch(/\n {2}verdicts\[\d+\]\.confidence: it takes one of/);
  expect(await verify("{")).toMatchObject({
    status: 2,
    err: expect.stringContaining("is no JSON"),
  });
});
