import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { PermanentError } from "#src/lib/errors.ts";

/** What the search looks at; a test has a machine of its own. */
export interface Machine {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  isProgram: (path: string) => Promise<boolean>;
}

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
];
const macApps = ["Google Chrome", "Chromium", "Microsoft Edge"];
const windowsPaths = [
  ["Google", "Chrome", "Application", "chrome.exe"],
  ["Chromium", "Application", "chrome.exe"],
  ["Microsoft", "Edge", "Application", "msedge.exe"],
];

/** Starts a Chromium without a window. Throws a PermanentError of one sentence where there is none. */
export async function launchChromium(): Promise<Browser> {
  const { env, platform } = process;
  const executablePath = await findChromium({ env, platform, isProgram });
  const starting = chromium.launch({
    executablePath,
    headless: true,
    args: [
      // root, as in containers, may not use its sandbox
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      // where nobody looks it would draw once a second, and whatever waits for a frame waits as long
      "--disable-frame-rate-limit",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
  return starting.catch((error: unknown) => {
    throw new PermanentError(
      "chromium_broken",
      `Pictures need a Chromium, and ${executablePath} does not start: install another one, or let CHROME_PATH name it.`,
      { cause: error },
    );
  });
}

/** The path of a Chromium, or of a browser made of it. Throws where there is none. */
export async function findChromium(machine: Machine): Promise<string> {
  const { env, isProgram } = machine;
  const asked = env["CHROME_PATH"];
  if (asked !== undefined && asked !== "") {
    if (await isProgram(asked)) return asked;
    throw new PermanentError(
      "chromium_missing",
      `CHROME_PATH is ${asked}, where there is no program: let it name a Chromium, or leave it away to have one looked for.`,
    );
  }
  for (const path of usualPaths(machine)) if (await isProgram(path)) return path;
  throw new PermanentError(
    "chromium_missing",
    "Pictures need a Chromium, and none was found here: install one (“apt install chromium”, “brew install --cask chromium”, or Chrome or Edge) or set CHROME_PATH to where it is.",
  );
}

function usualPaths({ platform, env }: Machine): string[] {
  if (platform === "win32") {
    const roots = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((key) =>
      env[key] === undefined ? [] : [env[key]],
    );
    return roots.flatMap((root) => windowsPaths.map((path) => [root, ...path].join("\\")));
  }
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const apps = ["/Applications", join(env["HOME"] ?? "", "Applications")];
  return [
    ...onPath,
    ...(platform === "darwin"
      ? apps.flatMap((folder) =>
          macApps.map((app) => join(folder, `${app}.app`, "Contents", "MacOS", app)),
        )
      : [
          ...["/usr/bin", "/usr/local/bin", "/snap/bin"].flatMap((folder) =>
            names.map((name) => join(folder, name)),
          ),
          "/opt/google/chrome/chrome",
        ]),
  ];
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
