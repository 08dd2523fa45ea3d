import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { SandboxIssue, SandboxPullRequest } from "#sandbox/protocol.ts";
import { FollowContext } from "./link.tsx";
import { ThreadDetail } from "./thread-detail.tsx";
import { ThreadList } from "./thread-list.tsx";
import { findThread, type Kind } from "./threads.ts";
import "#sandbox/page/panes/panes.css";
import "./github.css";

const kinds = ["issue", "pull"] as const;
const names: Record<Kind, string> = { issue: "Issues", pull: "Pull requests" };

/** Lists of issues and pull requests, or one of them. `onOpen` shows another; undefined: the lists. */
export function GitHubView({
  issues,
  pulls,
  hasCome,
  open,
  follow,
  onOpen,
}: {
  issues: readonly SandboxIssue[];
  pulls: readonly SandboxPullRequest[];
  /** False: the data is still on its way. */
  hasCome: boolean;
  open?: string;
  follow?: (url: string) => boolean;
  onOpen: (url: string | undefined) => void;
}) {
  const id = useId();
  const [chosen, setChosen] = useState<Kind>("issue");
  const thread = open === undefined ? undefined : findThread(open, issues, pulls);
  const kind = thread?.kind ?? chosen;
  const last = useLast(open);
  const show = (url: string) => {
    const found = findThread(url, issues, pulls);
    if (found) onOpen(found.url);
    return found !== undefined || (follow?.(url) ?? false);
  };
  const choose = (kind: Kind) => {
    setChosen(kind);
    if (open !== undefined) onOpen(undefined);
  };
  const back = () => {
    setChosen(kind);
    onOpen(undefined);
  };
  return (
    <div className="gh-pane">
      <Tabs
        id={id}
        chosen={kind}
        counts={{ issue: issues.length, pull: pulls.length }}
        onChoose={choose}
      />
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${kind}`}
        className="gh-panel"
      >
        <FollowContext value={show}>
          {!hasCome ? (
            <p className="pn-soft">Connecting to the sandbox.</p>
          ) : thread ? (
            <ThreadDetail key={thread.url} thread={thread} onBack={back} />
          ) : (
            <>
              {open !== undefined && <NotHere url={open} onBack={back} />}
              <ThreadList
                kind={kind}
                threads={kind === "issue" ? issues : pulls}
                last={last}
                onOpen={onOpen}
              />
            </>
          )}
        </FollowContext>
      </div>
    </div>
  );
}

function NotHere({ url, onBack }: { url: string; onBack: () => void }) {
  return (
    <div className="pn-note">
      <p>
        No issue and no pull request of this sandbox has the address{" "}
        <bdi className="gh-address">{url}</bdi>. It is shown here as soon as there is one.
      </p>
      <button type="button" onClick={onBack}>
        Show the list alone
      </button>
    </div>
  );
}

function Tabs({
  id,
  chosen,
  counts,
  onChoose,
}: {
  id: string;
  chosen: Kind;
  counts: Record<Kind, number>;
  onChoose: (kind: Kind) => void;
}) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const other = chosen === "issue" ? "pull" : "issue";
    onChoose(other);
    document.getElementById(`${id}-${other}`)?.focus();
  };
  return (
    <div role="tablist" aria-label="On GitHub" className="gh-tabs" onKeyDown={onKeyDown}>
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          role="tab"
          id={`${id}-${kind}`}
          aria-selected={kind === chosen}
          aria-controls={`${id}-panel`}
          tabIndex={kind === chosen ? 0 : -1}
          onClick={() => onChoose(kind)}
        >
          {names[kind]} <span className="gh-count">{counts[kind]}</span>
        </button>
      ))}
    </div>
  );
}

/** What was open before the list is shown again: there one was last. */
function useLast(open: string | undefined): string | undefined {
  const last = useRef<string>(undefined);
  useEffect(() => {
    if (open !== undefined) last.current = open;
  }, [open]);
  return last.current;
}
