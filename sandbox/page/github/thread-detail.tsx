import { useEffect, useRef } from "react";
import { FileView } from "./file-view.tsx";
import { Markdown } from "./markdown.tsx";
import { Assignees, Labels, State } from "./thread-list.tsx";
import type { Thread } from "./threads.ts";

/** One issue or pull request as a page. */
export function ThreadDetail({ thread, onBack }: { thread: Thread; onBack: () => void }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <article className="gh-thread">
      <button type="button" className="gh-back" onClick={onBack}>
        <span aria-hidden="true">‹ </span>
        {thread.kind === "issue" ? "All issues" : "All pull requests"}
      </button>
      <h3 ref={title} tabIndex={-1} className="gh-thread-title">
        <bdi>{thread.title}</bdi> <span className="pn-soft">#{thread.number}</span>
      </h3>
      <p className="gh-facts">
        <State state={thread.state} /> <bdi>{thread.repo}</bdi>
        {thread.kind === "pull" && (
          <>
            {" "}
            · from branch <code>{thread.branch}</code>
          </>
        )}
        <Assignees logins={thread.kind === "issue" ? thread.assignees : []} />
      </p>
      <Labels labels={thread.labels} />
      {thread.kind === "pull" && (
        <p className="gh-facts">This GitHub only shows it: merging is done on the real one.</p>
      )}
      <div className="gh-body">
        {thread.body.trim() === "" ? (
          <p className="pn-soft">No description.</p>
        ) : (
          <Markdown text={thread.body} level={4} keepsBreaks />
        )}
      </div>
      {thread.kind === "issue" ? (
        <Comments comments={thread.comments ?? []} />
      ) : (
        <Files files={thread.files} />
      )}
      <p className="gh-facts">
        On GitHub it would stand at <bdi className="gh-address">{thread.url}</bdi>
      </p>
    </article>
  );
}

function Comments({ comments }: { comments: readonly string[] }) {
  if (comments.length === 0) return <p className="pn-soft">No comments.</p>;
  return (
    <section>
      <h4>{comments.length === 1 ? "1 comment" : `${comments.length} comments`}</h4>
      <ol className="gh-comments">
        {comments.map((comment, index) => (
          <li key={index} className="gh-body">
            <Markdown text={comment} level={5} keepsBreaks />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Files({ files }: { files: Record<string, string> }) {
  // what people read comes before what programs do
  const isText = (path: string) => Number(path.endsWith(".md"));
  const paths = Object.keys(files).toSorted((a, b) => isText(b) - isText(a) || (a < b ? -1 : 1));
  if (paths.length === 0) return <p className="pn-soft">Its branch changes no file.</p>;
  return paths.map((path) => <FileView key={path} path={path} text={files[path] ?? ""} />);
}
