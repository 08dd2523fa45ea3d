import type { FileInput } from "@slack/types";
import { useState } from "react";
import { asList, namedBy, type Place, useHeld } from "./place.ts";
import { useSurface } from "./surface.ts";
import { type Valued } from "./values.ts";

/** Slack's limit for a file in a form, https://docs.slack.dev/reference/block-kit/block-elements/file-input-element. */
const bytesAtMost = 10_000_000;

/** A file for a form: uploaded as soon as it is chosen, and the form holds its id. */
export function FileInputElement({ element, place }: { element: FileInput; place: Place }) {
  const held = useHeld(place, element as unknown as Valued);
  const { fields } = useSurface();
  const [said, setSaid] = useState<string>();
  const ids = asList(held.value);
  const take = async (file: File) => {
    if (!fields?.upload) return;
    if (file.size > bytesAtMost) return setSaid(`${file.name} is larger than 10 MB.`);
    setSaid(`Uploading ${file.name}.`);
    try {
      const fileId = await fields.upload({
        name: file.name,
        mimetype: file.type || "text/plain",
        content: await file.text(),
      });
      held.set([fileId]);
      setSaid(`${file.name} is in the form.`);
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <input
        {...namedBy(place)}
        className="bk-control"
        type="file"
        accept={element.filetypes?.map((ending) => `.${ending}`).join(",")}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void take(file);
        }}
      />
      <span className="bk-hint" role="status">
        {said ?? (ids.length > 0 ? "A file is in the form." : "")}
      </span>
      {ids.length > 0 && (
        <button
          type="button"
          className="bk-button"
          onClick={() => {
            held.set([]);
            setSaid("The file is taken out of the form.");
          }}
        >
          Take the file out
        </button>
      )}
    </>
  );
}
