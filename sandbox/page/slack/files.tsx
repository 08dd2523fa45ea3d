import { useState } from "react";
import { useTopic } from "#sandbox/page/live/store.ts";
import type { SandboxFile } from "#sandbox/protocol.ts";
import { Icon } from "./icon.tsx";
import { PlainDialog } from "./plain-dialog.tsx";

const shownAtMost = 200_000;

/** The files of a message, by name; each opens as text, an image as what it shows. */
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
                {file.name}, {sizeOf(file)}
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
  const isCut = !isImage(file) && file.content.length > shownAtMost;
  return (
    <PlainDialog title={file.name} className="wide" onClose={onClose}>
      {() => (
        <>
          {isImage(file) ? (
            <img src={file.content} alt={file.altText ?? file.title} />
          ) : (
            <pre tabIndex={0} role="region" aria-label={`Text of ${file.name}`}>
              {file.content.slice(0, shownAtMost)}
            </pre>
          )}
          {isCut && <p>The file is longer; this is its beginning.</p>}
        </>
      )}
    </PlainDialog>
  );
}

function isImage({ content }: SandboxFile): boolean {
  return content.startsWith("data:image/");
}

function sizeOf(file: SandboxFile): string {
  // base64 writes three bytes as four characters
  const { length } = file.content;
  const bytes = isImage(file) ? Math.floor((length * 3) / 4) : length;
  const kilobytes = bytes / 1_000;
  return kilobytes < 1 ? `${bytes} bytes` : `${Math.round(kilobytes)} kB`;
}
