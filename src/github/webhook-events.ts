import type { z } from "zod";
import type { NewDeclaredChange } from "#src/domain/ledger/declared-change.ts";
import type { LedgerSettings } from "#src/domain/ledger/ledger.ts";
import { placePaths } from "./path-rules.ts";
import { Deployment, DeploymentStatus, Push, Release } from "./webhook-payloads.ts";

/** What of a delivery is kept: changes, each of a service still to be found; or why there is nothing. */
export type ReadEvent =
  | { kind: "changes"; repository: string; changes: Omit<NewDeclaredChange, "service">[] }
  | { kind: "nothing"; why: string }
  | { kind: "unknown_shape"; where: string };

/**
 * Reads the changes out of a delivery of GitHub's (docs.github.com, "Webhook events and payloads"): pushes
 * to the default branch, one change for each layer touched; published releases; deployments to production,
 * when they are made and when they succeed. `now` is the service's time: nothing happened later.
 */
export function readEvent(
  event: string,
  payload: unknown,
  by: { now: Date; settings: Pick<LedgerSettings, "paths"> },
): ReadEvent {
  switch (event) {
    case "ping":
      return nothing("The webhook works.");
    case "push":
      return read(Push, payload, (push) => readPush(push, by));
    case "release":
      return read(Release, payload, (release) => readRelease(release, by.now));
    case "deployment":
      return read(Deployment, payload, (given) => readDeployment(given, by.now));
    case "deployment_status":
      return read(DeploymentStatus, payload, (given) =>
        given.deployment_status.state === "success"
          ? readDeployment(given, by.now)
          : nothing(
              `Nothing to record: the deployment is ${lineFrom(given.deployment_status.state, 40)}.`,
            ),
      );
    default:
      return nothing("Nothing to record: this event tells of no change.");
  }
}

function readPush(
  push: z.infer<typeof Push>,
  by: { now: Date; settings: Pick<LedgerSettings, "paths"> },
): ReadEvent {
  const { repository: repo, head_commit: head, commits } = push;
  if (push.ref !== `refs/heads/${repo.default_branch}`) {
    return nothing("Nothing to record: this is not the default branch.");
  }
  if (push.deleted || head === null) return nothing("Nothing to record: the branch was deleted.");
  // a push back to an older commit brings no commits, and changes what runs all the same
  const touched = new Set(
    (commits.length > 0 ? commits : [head]).flatMap(({ added, removed, modified }) => [
      ...(added ?? []),
      ...(removed ?? []),
      ...(modified ?? []),
    ]),
  );
  const found = placePaths(touched.size > 0 ? touched : [""], by.settings.paths);
  if (found.length === 0 && commits.length > 0) {
    return nothing("Nothing to record: nothing but documentation and tests was pushed.");
  }
  // which files a push back takes out is not said, so that those of its head do not tell that nothing changed
  const placed = found.length > 0 ? found : placePaths([""], by.settings.paths);
  const facts = {
    // a commit may be days older than the push that brought it
    at: earlierOf(laterOf(head.timestamp, pushedAt(repo.pushed_at)), by.now),
    link: push.compare ?? null,
    declaredBy: push.sender?.login ?? null,
  };
  const title = lineFrom(head.message, 400);
  // with where it came from: a push back to an earlier commit is another change than the one that brought it
  const key = `github:push:${repo.full_name}:${shortHash(push.before)}..${shortHash(push.after)}`;
  return {
    kind: "changes",
    repository: repo.full_name,
    changes: placed.map(({ layer, kind, files: count }) => ({
      ...blank,
      ...facts,
      key: `${key}:${layer}`,
      layer,
      kind,
      summary: touched.size > 0 ? `${title} (${countOf(count, touched.size)})` : title,
    })),
  };
}

function readRelease(given: z.infer<typeof Release>, now: Date): ReadEvent {
  const { action, release, repository: repo, sender } = given;
  if (action !== "published") return nothing("Nothing to record: the release is not published.");
  const name = release.name ? `: ${release.name}` : "";
  return {
    kind: "changes",
    repository: repo.full_name,
    changes: [
      {
        ...blank,
        key: `github:release:${repo.full_name}:${release.id}`,
        at: earlierOf(release.published_at ?? now, now),
        ...(release.published_at ? {} : { isTimeAssumed: true as const }),
        kind: "release",
        layer: "integration_ui",
        summary: lineFrom(`Release ${release.tag_name}${name}`, 500),
        link: release.html_url,
        declaredBy: sender?.login ?? null,
      },
    ],
  };
}

/**
 * A deployment and its success are one change, of when it began: what ran changed from then on. A success a
 * day or more later puts an old deployment into force again, which is a change of its own.
 */
function readDeployment(
  given: z.infer<typeof Deployment> & { deployment_status?: { id: number; created_at: Date } },
  now: Date,
): ReadEvent {
  const { deployment, deployment_status: status, repository: repo, sender } = given;
  const { id, environment, created_at: madeAt } = deployment;
  if (!isProduction(environment, deployment.production_environment ?? false)) {
    return nothing(`Nothing to record: ${lineFrom(environment, 60)} is not production.`);
  }
  const isAgain =
    status !== undefined && status.created_at.getTime() - madeAt.getTime() > 86_400_000;
  const what = `${lineFrom(deployment.ref, 200)} (${lineFrom(deployment.sha, 40).slice(0, 7)})`;
  return {
    kind: "changes",
    repository: repo.full_name,
    changes: [
      {
        ...blank,
        key: `github:deployment:${repo.full_name}:${id}${isAgain ? `:${status.id}` : ""}`,
        at: earlierOf(isAgain ? status.created_at : madeAt, now),
        kind: "deploy",
        layer: "integration_ui",
        summary: `Deployed ${what} to ${lineFrom(environment, 100)}${isAgain ? " again" : ""}`,
        link: repo.html_url === undefined ? null : `${repo.html_url}/deployments`,
        declaredBy: deployment.creator?.login ?? sender?.login ?? null,
      },
    ],
  };
}

const blank = { until: null, sets: {} };

/** GitHub's own word, or a name that says so, "prod-eu" or "all"; not "pre-prod" and "non-prod". */
function isProduction(environment: string, isFlagged: boolean): boolean {
  if (isFlagged) return true;
  const name = environment.toLowerCase();
  return (
    !/(pre|non)[-_ ]?prod/.test(name) &&
    /(?:^|[^a-z])(?:prod|production|live|all)(?:[^a-z]|$)/.test(name)
  );
}

function read<Value>(
  shape: z.ZodType<Value>,
  payload: unknown,
  then: (value: Value) => ReadEvent,
): ReadEvent {
  const parsed = shape.safeParse(payload);
  if (parsed.success) return then(parsed.data);
  const [issue] = parsed.error.issues;
  return { kind: "unknown_shape", where: issue?.path.map(String).join(".") ?? "" };
}

function nothing(why: string): ReadEvent {
  return { kind: "nothing", why };
}

/** As much of a commit's hash as tells it from all others of a repository. */
function shortHash(hash: string): string {
  return lineFrom(hash, 64).slice(0, 12);
}

/** The first line of people's text, without what would break a line or a terminal; never empty. */
function lineFrom(text: string, max: number): string {
  const [first = ""] = text.trim().split(/[\r\n\p{Zl}\p{Zp}]/u);
  const clean = first
    .replaceAll(/\p{Cc}+/gu, " ")
    .toWellFormed()
    .trim();
  if (clean === "") return "(no words)";
  // a pair of surrogates that is cut in half becomes one mark
  return clean.length <= max ? clean : `${clean.slice(0, max - 1).toWellFormed()}…`;
}

function countOf(files: number, all: number): string {
  if (files === all) return files === 1 ? "1 file" : `${files} files`;
  return `${files} of ${all} files`;
}

function pushedAt(seconds: number | null | undefined): Date {
  return new Date((seconds ?? 0) * 1_000);
}

function laterOf(a: Date, b: Date): Date {
  return a > b ? a : b;
}

function earlierOf(a: Date, b: Date): Date {
  return a < b ? a : b;
}
