import { createHash } from "node:crypto";
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pageFolder = join(root, "sandbox", "page");
/** What the page is made of beside its own folder. */
const alsoMadeOf = ["package-lock.json", "sandbox/page-server/build.ts"];

/**
 * The folder of the page as a browser takes it: `index.html` (the workspace), `render.html` (one
 * payload) and `assets/`. Built at the first start, found again at the next as long as nothing it is
 * made of has changed. `onBuild` is told when there is something to wait for.
 */
export async function builtPage(onBuild?: () => void): Promise<string> {
  const home = await cacheFolder();
  const folder = join(home, await fingerprint());
  if (await exists(join(folder, "index.html"))) return folder;
  onBuild?.();
  const making = await mkdtemp(join(home, "making-"));
  await build(making);
  // whoever builds at the same time makes the same: the first one stands
  await rename(making, folder).catch(() => rm(making, { recursive: true, force: true }));
  await dropOld(home);
  return folder;
}

async function build(outDir: string): Promise<void> {
  const vite = await import("vite");
  // a test that is the first to want it builds what everybody gets
  const { NODE_ENV } = process.env;
  process.env["NODE_ENV"] = "production";
  await vite.build({
    root: pageFolder,
    configFile: false,
    logLevel: "warn",
    build: {
      outDir,
      emptyOutDir: true,
      target: "es2022",
      // the page is read by whoever debugs it
      minify: false,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 5_000,
      rollupOptions: {
        input: [join(pageFolder, "index.html"), join(pageFolder, "render.html")],
      },
    },
  });
  if (NODE_ENV === undefined) delete process.env["NODE_ENV"];
  else process.env["NODE_ENV"] = NODE_ENV;
}

/** Changes when anything changes that the page is made of. */
async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  const entries = await readdir(pageFolder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  for (const file of [...files, ...alsoMadeOf.map((one) => join(root, one))]) {
    hash.update(file.slice(root.length)).update(await readFile(file));
  }
  return hash.digest("hex").slice(0, 16);
}

/** Beside what npm installed; where that cannot be written to, among the temporary files. */
async function cacheFolder(): Promise<string> {
  const usual = join(root, "node_modules", ".cache", "faultline-page");
  try {
    await mkdir(usual, { recursive: true });
    return usual;
  } catch {
    const other = join(tmpdir(), `faultline-page-${process.getuid?.() ?? "any"}`);
    await mkdir(other, { recursive: true, mode: 0o700 });
    return other;
  }
}

/** Drops builds that nobody has made for a day: another version of the page may be open from a newer one. */
async function dropOld(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const folder = join(home, name);
    const found = await stat(folder).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > dayMs) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
const dayMs = 24 * 3_600_000;

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
