import type { IncomingMessage, ServerResponse } from "node:http";
import { sendJson } from "#sandbox/http.ts";
import { parseJson } from "#sandbox/json.ts";
import type { PersonMethod } from "#sandbox/page/live/ask.ts";
import type { SandboxControl } from "#sandbox/protocol.ts";
import { shapes } from "./shapes.ts";

/** A request that cannot be done; its message is the sentence for whoever asked. */
export class RefusedError extends Error {
  override name = "RefusedError";
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Does what a person does. Throws RefusedError with a sentence where it cannot be done. */
export async function callAsPerson(
  control: SandboxControl | undefined,
  method: string,
  input: unknown,
): Promise<unknown> {
  // what people may do through the page; the rest of the sandbox's control is not theirs
  if (!Object.hasOwn(shapes, method)) {
    throw new RefusedError(404, `There is no "${method}" that a person can do.`);
  }
  if (!control)
    throw new RefusedError(503, "The sandbox is still starting. Try again in a moment.");
  const shape = shapes[method as PersonMethod].safeParse(input);
  if (!shape.success) {
    const [issue] = shape.error.issues;
    const where = issue?.path.join(".") ?? "";
    throw new RefusedError(400, `"${method}" is not asked like this: ${where} ${issue?.message}.`);
  }
  const call = control[method as PersonMethod] as (input: unknown) => Promise<unknown>;
  try {
    return (await call(shape.data)) ?? null;
  } catch (error) {
    // fetch has nobody to talk to
    if (error instanceof TypeError) {
      throw new RefusedError(502, "The sandbox has ended. Start it again: npm run sandbox");
    }
    throw new RefusedError(400, error instanceof Error ? error.message : String(error));
  }
}

/** The JSON of a request's body. Throws RefusedError where it is none, or too much. */
export async function readInput(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/.test(request.headers["content-type"] ?? "")) {
    throw new RefusedError(415, "Send JSON: content-type application/json.");
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    // what is too much is read to its end all the same: else the browser sees a cut connection, not this
    if (size <= bodyAtMost) chunks.push(chunk as Buffer);
    else chunks.length = 0;
  }
  if (size > bodyAtMost) {
    throw new RefusedError(
      413,
      "That is more than 4 MB, which is more than this page takes at once.",
    );
  }
  const input = parseJson(Buffer.concat(chunks).toString("utf8"));
  if (input === undefined) throw new RefusedError(400, "The body is not JSON.");
  return input;
}

const bodyAtMost = 4 * 1024 * 1024;

/** Answers with what comes of it, or with the sentence why it could not be done. */
export async function answerWith(
  response: ServerResponse,
  run: () => Promise<unknown>,
): Promise<void> {
  try {
    sendJson(response, 200, await run());
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    sendJson(response, error.status, { error: error.message });
  }
}
