import type { Drawing } from "#sandbox/page/drawing.ts";
import { PermanentError } from "#src/lib/errors.ts";
import { drawingOf, readPayload, usualWidth } from "./payload.ts";
import { openStudio, type Studio } from "./studio.ts";

export interface RenderOptions extends Partial<Omit<Drawing, "payload">> {
  /** Of the picture, in pixels; default: as wide as Slack shows such a thing. */
  width?: number;
}

let studio: Promise<Studio> | undefined;

/**
 * Draws a view, a Home, a message or a list of blocks as the page does. Every call uses the same
 * browser; `closeRenderer` ends it. Throws a PermanentError where there is no Chromium, or where the
 * payload is none of these.
 */
export async function renderPng(
  payload: unknown,
  { width, ...changes }: RenderOptions = {},
): Promise<Buffer> {
  const read = readPayload(payload);
  if (!read) {
    throw new PermanentError(
      "payload_unknown",
      "This is neither a modal nor a Home view, nor a message with text or blocks, nor a list of blocks.",
    );
  }
  studio ??= openStudio();
  // what could not be opened is tried again
  studio.catch(() => {
    studio = undefined;
  });
  const sheet = await (await studio).sheet(width ?? usualWidth(read.payload));
  try {
    await sheet.draw(drawingOf(read.payload, changes));
    return await sheet.png();
  } finally {
    await sheet.close();
  }
}

/** Ends the browser that `renderPng` started, if it did. */
export async function closeRenderer(): Promise<void> {
  const open = studio;
  studio = undefined;
  await (await open)?.close();
}
