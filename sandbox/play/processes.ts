import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { AppError } from "#src/lib/errors.ts";
import { killTrees, postmastersIn, signal } from "./process-tree.ts";

/** A process did not start, or ended when nobody asked it to. Its message is for people. */
export class ProcessError extends AppError {
  override name = "ProcessError";
  constructor(message: string, options?: ErrorOptions) {
    super("process", message, options);
  }
}

/** One Node process of ours that runs beside this one. */
export interface Running {
  child: ChildProcess;
  isRunning(): boolean;
  /** The last lines of what it wrote. */
  lastWords(lines?: number): Promise<string>;
}

/** Everything that was started here and still runs: none of it may outlive this process. */
const children = new Set<ChildProcess>();
process.on("exit", killChildren);

/** Ends every process that was started here, without asking. */
export function killChildren(): void {
  for (const child of children) child.kill("SIGKILL");
}

/**
 * Starts `node <script>` of this repository with these variables and none of Slack's, GitHub's or our
 * own that may be set here. What it writes goes to `logFile`.
 */
export function startNode(options: {
  script: string;
  env: Record<string, string>;
  logFile: string;
  args?: string[];
}): Running {
  const log = openSync(options.logFile, "a");
  const child = spawn(process.execPath, [pathOf(options.script), ...(options.args ?? [])], {
    cwd: pathOf("."),
    env: { ...neutralEnvironment(), ...options.env },
    // no signal of the terminal reaches it: who started it also stops it
    detached: true,
    stdio: ["ignore", log, log],
  });
  children.add(child);
  child.once("exit", () => children.delete(child));
  return {
    child,
    isRunning: () => isAlive(child),
    lastWords: async (lines = 12) => {
      const text = await readFile(options.logFile, "utf8").catch(() => "");
      return text.trimEnd().split("\n").slice(-lines).map(readable).join("\n");
    },
  };
}

/** Waits until `isUp` says so. Throws ProcessError, with the last words, where the process ends or time is over. */
export async function untilUp(
  name: string,
  running: Running,
  isUp: () => Promise<boolean>,
  withinMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await isUp())) {
    if (!isAlive(running.child)) {
      throw new ProcessError(
        `${name} ended while it started. Its last words:\n${await running.lastWords()}`,
      );
    }
    if (Date.now() > deadline) {
      throw new ProcessError(
        `${name} did not start within ${withinMs / 1_000} s. Its last words:\n${await running.lastWords()}`,
      );
    }
    await pause(25);
  }
}

/** Asks a process to end and waits; after 10 s it is made to. */
export async function stop({ child }: Running): Promise<void> {
  if (!isAlive(child)) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const isOver = await Promise.race([ended.then(() => true), pause(10_000, false, { ref: false })]);
  if (isOver) return;
  child.kill("SIGKILL");
  await ended;
}

/** Kills a process and its children, and the database servers whose data are in `folder`, at once. */
export async function killNow({ child }: Running, folder: string): Promise<void> {
  const pids = isAlive(child) && child.pid ? [child.pid] : [];
  const ended = isAlive(child) ? once(child, "exit") : Promise.resolve();
  await killTrees([...pids, ...(await postmastersIn(folder))]);
  await ended;
}

/** Stops whatever database server still has its data in `folder`. */
export async function stopDatabases(folder: string): Promise<void> {
  for (const pid of await postmastersIn(folder)) {
    signal(pid, "SIGQUIT");
    for (let tries = 0; tries < 100 && signal(pid, 0); tries += 1) await pause(50);
  }
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(`../../${file}`, import.meta.url));
}

/** This environment without what configures a bot: the demo never meets a real workspace. */
function neutralEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined &&
        !/^(SLACK_|GITHUB_|FAULTLINE_|DATABASE_URL$|PORT$|LOG_LEVEL$|PG)/.test(entry[0]),
    ),
  );
}

/** A structured log line as words; anything else as it stands. */
function readable(line: string): string {
  if (!line.startsWith("{")) return line;
  try {
    const entry = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return [entry.msg, entry.err?.message].filter(Boolean).join(": ") || line;
  } catch {
    return line;
  }
}
