import { useId, useRef, useState } from "react";
import { Code } from "./code.tsx";
import { Markdown } from "./markdown.tsx";

/** A file of a pull request: Markdown rendered or as its source, anything else as it stands. */
export function FileView({ path, text }: { path: string; text: string }) {
  const id = useId();
  const isMarkdown = /\.(?:md|markdown)$/i.test(path);
  const [isSource, setIsSource] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const [isFull, setIsFull] = useState(false);
  const readInFull = () => {
    setIsFull(true);
    dialog.current?.showModal();
  };
  const source = isMarkdown && (
    <label className="gh-source">
      <input type="checkbox" checked={isSource} onChange={() => setIsSource(!isSource)} /> Source
    </label>
  );
  const content = (level: number) =>
    isMarkdown && !isSource ? (
      <Markdown text={text} level={level} keepsBreaks={false} />
    ) : (
      <Code text={text} label={path} />
    );
  return (
    <section className="gh-file" aria-labelledby={`${id}-path`}>
      <header>
        <h4 id={`${id}-path`}>
          File <bdi className="gh-path">{path}</bdi>
        </h4>
        <div className="gh-file-tools">
          {source}
          <button type="button" onClick={readInFull} aria-label={`Read in full width: ${path}`}>
            Read in full width
          </button>
        </div>
      </header>
      <div className="gh-file-text">{content(5)}</div>
      <dialog
        ref={dialog}
        className="gh-full"
        aria-labelledby={`${id}-full`}
        onClose={() => setIsFull(false)}
        onClick={(event) => {
          // outside of what it holds: what is behind it
          if (event.target === dialog.current) dialog.current.close();
        }}
      >
        {isFull && (
          <div className="gh-full-frame">
            <header>
              <h2 id={`${id}-full`}>
                <bdi className="gh-path">{path}</bdi>
              </h2>
              <div className="gh-file-tools">
                {source}
                <button type="button" onClick={() => dialog.current?.close()}>
                  Close
                </button>
              </div>
            </header>
            <div className="gh-full-text" tabIndex={0} role="group" aria-label="The file">
              {content(3)}
            </div>
          </div>
        )}
      </dialog>
    </section>
  );
}
