import { useState } from "react";
import { useTopic } from "#sandbox/page/live/store.ts";
import type { SandboxFile } from "#sandbox/protocol.ts";
import { Icon } from "./icon.tsx";
import { PlainDialog } from "./plain-dialog.tsx";

const shownAtMost = 200_000;

/** The files of a message, by name; each opens as text. */
export function Files({ ids }: { ids: readonly string[] }) {
  const files = useTopic("files");
  const [open, setOpen] = useState<SandboxFile>();
  return (
    <div className="files">
      {ids.map((id) => {
        const file = files.get(id);
        if (!file) return <FileGone key={id} />;
        return (
          <button key={id} type="button" className="file" onClick={() => setOpen(file)}>
            <Icon of="file" />
            <span>
              {file.title || file.name}
              <small>
                {file.name}, {sizeOf(file.content)}
              </small>
            </span>
          </button>
        );
      })}
      {open && <FileDialog file={open} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

function FileGone() {
  return <span className="file">A file that is no longer there</span>;
}

function FileDialog({ file, onClose }: { file: SandboxFile; onClose: () => void }) {
  const isCut = file.content.length > shownAtMost;
  return (
    <PlainDialog title={file.name} className="wide" onClose={onClose}>
      {() => (
        <>
          <pre tabIndex={0} role="region" aria-label={`Text of ${file.name}`}>
            {file.content.slice(0, shownAtMost)}
          </pre>
          {isCut && <p>The file is longer; this is its beginning.</p>}
        </>
      )}
    </PlainDialog>
  );
}

function sizeOf(text: string): string {
  const kilobytes = text.length / 1_000;
  return kilobytes < 1 ? `${text.length} bytes` : `${Math.round(kilobytes)} kB`;
}
