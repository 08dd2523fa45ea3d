import { readFile, writeFile } from "node:fs/promises";
import { basename, extname, resolve } from "node:path";
import { text as textOfStream } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { PermanentError } from "#src/lib/errors.ts";
import { readPayload } from "./payload.ts";
import { closeRenderer, renderPng } from "./render-png.ts";

const usage = `Draws a Slack payload as the sandbox's page does, into a PNG. Needs a Chromium.

npm run render -- FILE.json [options]
  FILE.json    a modal, a Home, a message ({ "text": …, "blocks": […] }) or a list of
               blocks; "-" reads it from standard input
  --out FILE   where to write the picture; default FILE.png in this folder
  --dark       the dark scheme
  --width N    how wide, in pixels; default as in Slack (360 is a phone)
  --help       this text
`;

const options = {
  out: { type: "string" },
  dark: { type: "boolean", default: false },
  width: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

const say = (text: string) => process.stderr.write(`${text}\n`);

process.exitCode = await main();

/** Exit status: 0 where Slack would take the payload, 1 where it is drawn and Slack would not, 2 else. */
async function main(): Promise<number> {
  let given;
  try {
    given = parseArgs({ options, strict: true, allowPositionals: true });
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  const { values, positionals } = given;
  const [file] = positionals;
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (file === undefined || positionals.length > 1) {
    say(`${file === undefined ? "Which file?" : "One file at a time."}\n\n${usage}`);
    return 2;
  }
  const width = values.width === undefined ? undefined : Number(values.width);
  if (width !== undefined && !(Number.isInteger(width) && width >= 200 && width <= 4_000)) {
    say(`--width ${values.width}: it takes whole pixels from 200 to 4000.`);
    return 2;
  }
  const json = await read(file);
  if ("problem" in json) {
    say(json.problem);
    return 2;
  }
  return draw(json.value, {
    out: resolve(values.out ?? `${file === "-" ? "payload" : basename(file, extname(file))}.png`),
    scheme: values.dark ? "dark" : "light",
    ...(width === undefined ? {} : { width }),
  });
}

async function draw(
  value: unknown,
  { out, ...how }: { out: string; scheme: "light" | "dark"; width?: number },
): Promise<number> {
  const problems = readPayload(value)?.problems ?? [];
  try {
    const png = await renderPng(value, how);
    await writeFile(out, png);
  } catch (error) {
    if (!(error instanceof PermanentError) && !isFileError(error)) throw error;
    say(error.message);
    return 2;
  } finally {
    await closeRenderer();
  }
  process.stdout.write(`${out}\n`);
  if (problems.length === 0) return 0;
  say(`Slack would refuse it:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
  return 1;
}

async function read(file: string): Promise<{ value: unknown } | { problem: string }> {
  let text: string;
  try {
    text = file === "-" ? await textOfStream(process.stdin) : await readFile(file, "utf8");
  } catch (error) {
    if (!isFileError(error)) throw error;
    return { problem: `${file} cannot be read: ${error.message}` };
  }
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: `${file === "-" ? "What came in" : file} is not JSON: ${error.message}` };
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && "syscall" in error;
}
