import { useEffect, useRef } from "react";
import type { SandboxIssue, SandboxPullRequest } from "#sandbox/protocol.ts";
import { byRepository, countOf, type Kind, stateInWords } from "./threads.ts";

const empty: Record<Kind, string> = {
  issue:
    "No issue yet. Every corrective action is filed here as one, with its owner and how to tell that it is done, as soon as what broke has been looked at.",
  pull: "No pull request yet. The postmortem is proposed here as one when the incident is closed.",
};

/** The issues or pull requests, by repository. `last`: the one that was looked at before. */
export function ThreadList({
  kind,
  threads,
  last,
  onOpen,
}: {
  kind: Kind;
  threads: readonly (SandboxIssue | SandboxPullRequest)[];
  last: string | undefined;
  onOpen: (url: string) => void;
}) {
  if (threads.length === 0) return <p className="pn-soft">{empty[kind]}</p>;
  return byRepository(threads).map(([repo, threads]) => (
    <section key={repo} className="gh-repo">
      <h3>
        <bdi>{repo}</bdi> <span className="pn-soft">{countOf(threads)}</span>
      </h3>
      <ul className="gh-list">
        {threads.map((thread) => (
          <Row key={thread.url} thread={thread} wasLast={thread.url === last} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  ));
}

function Row({
  thread,
  wasLast,
  onOpen,
}: {
  thread: SandboxIssue | SandboxPullRequest;
  wasLast: boolean;
  onOpen: (url: string) => void;
}) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // who comes back finds their place
    if (wasLast && document.activeElement === document.body) button.current?.focus();
  }, [wasLast]);
  return (
    <li>
      <button type="button" ref={button} className="gh-open" onClick={() => onOpen(thread.url)}>
        <bdi>{thread.title}</bdi>
      </button>
      <p className="gh-facts">
        <State state={thread.state} /> #{thread.number}
        <Assignees logins={"assignees" in thread ? thread.assignees : []} />
      </p>
      <Labels labels={thread.labels} />
    </li>
  );
}

/** Open or closed, in words. */
export function State({ state }: { state: string }) {
  return (
    <span className={`gh-state gh-state-${state === "open" ? "open" : "closed"}`}>
      {stateInWords(state)}
    </span>
  );
}

/** Whom it is assigned to; nothing where it is nobody. */
export function Assignees({ logins }: { logins: readonly string[] }) {
  if (logins.length === 0) return null;
  return (
    <span className="gh-assignees">
      {" "}
      · assigned to {logins.map((login) => `@${login}`).join(", ")}
    </span>
  );
}

/** Labels, as words. */
export function Labels({ labels }: { labels: readonly string[] }) {
  if (labels.length === 0) return null;
  return (
    <ul className="gh-labels" aria-label="Labels">
      {labels.map((label) => (
        <li key={label}>
          <bdi>{label}</bdi>
        </li>
      ))}
    </ul>
  );
}
