import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { PermanentError } from "#src/lib/errors.ts";
import { type GalleryItem, galleryPage } from "./gallery-page.ts";
import { drawingOf, readPayload } from "./payload.ts";
import { openStudio, type Sheet, type Studio } from "./studio.ts";

const usage = `Draws every golden file of a view or message into one HTML page. Needs a Chromium.

npm run gallery [-- options]
  --out FILE  where to write it; default demo-out/gallery.html
  --dark      the dark scheme; without it the page follows the reader's
  --help      this text
`;

const options = {
  out: { type: "string", default: "demo-out/gallery.html" },
  dark: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

const goldens = fileURLToPath(new URL("../../test/golden/views/", import.meta.url));
const say = (text: string) => process.stderr.write(`${text}\n`);

process.exitCode = await main();

/** Exit status: 0 where every one was drawn, 1 where some were not, 2 where there is no page. */
async function main(): Promise<number> {
  let given;
  try {
    given = parseArgs({ options, strict: true }).values;
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  if (given.help) {
    process.stdout.write(usage);
    return 0;
  }
  const began = performance.now();
  let studio: Studio;
  try {
    studio = await openStudio();
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    say(error.message);
    return 2;
  }
  try {
    const sheet = await studio.sheet(720);
    const { items, troubles } = await drawAll(sheet);
    const html = galleryPage(items, { styles: await sheet.styles(), isDark: given.dark });
    const out = resolve(given.out);
    await mkdir(dirname(out), { recursive: true });
    await writeFile(out, html);
    for (const trouble of troubles) say(trouble);
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    process.stdout.write(`${out}: ${items.length} drawn in ${seconds} s.\n`);
    return troubles.length === 0 ? 0 : 1;
  } finally {
    await studio.close();
  }
}

async function drawAll(sheet: Sheet): Promise<{ items: GalleryItem[]; troubles: string[] }> {
  const items: GalleryItem[] = [];
  const troubles: string[] = [];
  const files = (await readdir(goldens)).filter((name) => name.endsWith(".json")).toSorted();
  for (const file of files) {
    const name = file.replace(/\.json$/, "");
    const item = await draw(sheet, name, await readFile(join(goldens, file), "utf8"));
    if ("trouble" in item) troubles.push(`${name} could not be drawn: ${item.trouble}`);
    else items.push(item);
  }
  return { items, troubles };
}

async function draw(
  sheet: Sheet,
  name: string,
  json: string,
): Promise<GalleryItem | { trouble: string }> {
  const read = readPayload(JSON.parse(json));
  if (!read) return { trouble: "it is neither a view nor a message" };
  const { payload } = read;
  const [trouble] = await sheet.draw(drawingOf(payload, { headingLevel: 4 }));
  if (trouble !== undefined) return { trouble };
  const html = await sheet.still();
  return { name, html, ...(payload.kind === "message" ? { fallback: payload.message.text } : {}) };
}
