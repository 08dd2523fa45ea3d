import { useRef } from "react";
import { troubleOf } from "./acting.ts";
import { useHere } from "./here.tsx";
import { Icon } from "./icon.tsx";
import { Menu, MenuItem } from "./menu.tsx";

/** A file as it is sent along with a message. */
export interface TextFile {
  name: string;
  mimetype: string;
  content: string;
}

const largest = 1_000_000;

/** The menu beside the message box: the app's shortcuts, and a file. */
export function PlusMenu(props: {
  onFile: (file: TextFile) => void;
  onTrouble: (sentence: string | undefined) => void;
  hasShortcuts: boolean;
}) {
  const { onFile, onTrouble } = props;
  const { me, facts } = useHere();
  const field = useRef<HTMLInputElement>(null);
  const shortcuts = props.hasShortcuts
    ? facts.shortcuts.filter((one) => one.type === "global")
    : [];
  const take = async (callbackId: string) => {
    onTrouble(undefined);
    onTrouble(await troubleOf("shortcut", { userId: me.id, callbackId }));
  };
  const read = async (file: File) => {
    if (file.size > largest) return onTrouble(`${file.name} is larger than 1 MB.`);
    const content = await file.text();
    if (/[\0\uFFFD]/.test(content)) return onTrouble(`${file.name} is not a text file.`);
    onFile({ name: file.name, mimetype: file.type || "text/plain", content });
  };
  return (
    <>
      <Menu label="Shortcuts and files" face={<Icon of="plus" />} className="plus">
        {shortcuts.map(({ callbackId, name, description }) => (
          <MenuItem key={callbackId} onChoose={() => void take(callbackId)}>
            {name} <small>{description}</small>
          </MenuItem>
        ))}
        <MenuItem onChoose={() => field.current?.click()}>Attach a text file</MenuItem>
      </Menu>
      <input
        ref={field}
        type="file"
        hidden
        aria-label="A text file"
        accept="text/*,.md,.txt,.log,.json,.csv,.yaml,.yml"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          target.value = "";
          if (file) void read(file);
        }}
      />
    </>
  );
}

/** What will be sent along; each can be taken off again. */
export function AttachedFiles(props: {
  files: readonly TextFile[];
  onChange: (files: TextFile[]) => void;
}) {
  if (props.files.length === 0) return null;
  return (
    <ul className="attached" aria-label="Files to send">
      {props.files.map((file, index) => (
        // two files may have one name
        <li key={`${index} ${file.name}`}>
          {file.name}
          <button
            type="button"
            className="quiet"
            aria-label={`Do not send ${file.name}`}
            onClick={() => props.onChange(props.files.filter((one) => one !== file))}
          >
            <Icon of="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
