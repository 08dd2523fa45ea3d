import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/**
 * Ends these processes and all their children at once, without asking: what a machine that loses
 * power does. Whoever is gone already is no fault.
 */
export async function killTrees(roots: readonly number[]): Promise<void> {
  const parents = await parentsByPid();
  const doomed = new Set(roots);
  for (let size = 0; size !== doomed.size;) {
    size = doomed.size;
    for (const [pid, parent] of parents) if (doomed.has(parent)) doomed.add(pid);
  }
  for (const pid of doomed) signal(pid, "SIGKILL");
}

/** Sends a signal; false where there is no such process. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** Process ids of the PostgreSQL servers whose data lie anywhere in this folder. */
export async function postmastersIn(folder: string): Promise<number[]> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  const files = entries.filter((entry) => entry.endsWith("postmaster.pid"));
  const pids = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), "utf8").catch(() => "");
      return Number(text.split("\n", 1)[0]);
    }),
  );
  // 2^31-1 stands in a lock file whose process is known to be gone
  return pids.filter((pid) => Number.isInteger(pid) && pid > 1 && pid < 2 ** 31 - 1);
}

/** Every process of the machine and its parent; /proc where there is one, since `ps` may be missing. */
async function parentsByPid(): Promise<Map<number, number>> {
  const names = await readdir("/proc").catch(() => []);
  const pids = names.map(Number).filter((pid) => pid > 0);
  if (pids.length === 0) return parentsByPs();
  const pairs = await Promise.all(
    pids.map(async (pid): Promise<[number, number]> => {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
      // the name stands in brackets and may hold anything; state and parent follow it
      const parent = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
      return [pid, Number(parent ?? 0)];
    }),
  );
  return new Map(pairs);
}

async function parentsByPs(): Promise<Map<number, number>> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid="]);
  return new Map(
    stdout
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]),
  );
}
