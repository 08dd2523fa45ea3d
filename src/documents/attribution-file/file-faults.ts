import { type AttributionFile, attributionFormat } from "#src/domain/attribution-file/format.ts";
import { err, ok, type Result } from "#src/lib/result.ts";

/** Something that keeps a file from being read. */
export interface FileFault {
  /** Where: "evidence[3].figures.cohorts[0].fails"; empty for the file itself. */
  path: string;
  message: string;
}

/** The file out of parsed JSON; else every fault with its path: what is missing, strange, or counted wrong. */
export function parseFile(json: unknown): Result<AttributionFile, FileFault[]> {
  const parsed = attributionFormat.safeParse(json);
  if (!parsed.success) {
    return err(
      parsed.error.issues.map(({ path, message }) => ({
        path: pathInWords(path),
        message: message
          .replace(/^Invalid input: expected (.*), received undefined$/, "missing; it takes $1")
          .replace(/^Invalid (?:input|option): expected/, "it takes"),
      })),
    );
  }
  return ok(parsed.data);
}

/** What stands twice in a file, and what is named and stands nowhere: the rules pass over both. */
export function referenceFaults(file: AttributionFile): FileFault[] {
  return [...twice(file), ...strangers(file)];
}

function pathInWords(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}

function twice(file: AttributionFile): FileFault[] {
  return (["strands", "evidence", "dissents", "hypotheses", "levers"] as const).flatMap((list) => {
    const ids = file[list].map(({ id }) => id);
    return ids.flatMap((one, at) =>
      ids.indexOf(one) === at
        ? []
        : [{ path: `${list}[${at}].id`, message: `${one} stands twice in this file` }],
    );
  });
}

/** Strands and items that are named and stand nowhere. */
function strangers(file: AttributionFile): FileFault[] {
  const known = new Set([...file.strands, ...file.evidence].map(({ id }) => id));
  const unknown = (path: string, ids: readonly string[]): FileFault[] =>
    ids
      .filter((id) => !known.has(id))
      .map((id) => ({ path, message: `${id} stands nowhere in this file` }));
  return [
    ...file.evidence.flatMap((one, at) => unknown(`evidence[${at}].strands`, one.strands)),
    ...file.answers.flatMap((one, at) => [
      ...unknown(`answers[${at}].strands`, one.strands ?? []),
      ...unknown(`answers[${at}].evidence`, one.evidence),
    ]),
    ...(["rows", "verdicts", "split_answers"] as const).flatMap((list) =>
      file[list].flatMap((one, at) => [
        ...unknown(`${list}[${at}].strand`, [one.strand]),
        ...unknown(`${list}[${at}].evidence`, one.evidence),
      ]),
    ),
  ];
}
