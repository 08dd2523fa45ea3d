import { readFile } from "node:fs/promises";
import { parseDocument } from "yaml";
import { z } from "zod";
import { contentPart } from "#src/domain/exhibit/content-fields.ts";
import { isLayerId, type LayerId, layerIds } from "#src/domain/layers/index.ts";
import type { LedgerSettings } from "#src/domain/ledger/ledger.ts";
import { type Capacity, capacities } from "#src/domain/vocabulary.ts";
import { isRepository, isSafeFolder } from "#src/domain/owners/service.ts";
import type { OwnerEntry, ServicesFile } from "#src/domain/services-file.ts";
import { didYouMean } from "#src/lib/did-you-mean.ts";
import { err, ok, type Result } from "#src/lib/result.ts";

/** Reads the file at `path`. The error is one text that names every fault with its place in the file. */
export async function readServicesFile(path: string): Promise<Result<ServicesFile, string>> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    return err(
      `The services file ${path} cannot be read: ${whyNot(error)}. Put it there, or take FAULTLINE_SERVICES out: services can be added in Slack, too.`,
    );
  }
  const parsed = parseServicesFile(text);
  return parsed.ok
    ? parsed
    : err(
        [
          `The services file ${path} has faults:`,
          ...parsed.error.map((fault) => `  - ${fault}`),
        ].join("\n"),
      );
}

/** Reads the text of a services file; errors are one line each, `services[0].owners.model: …`. */
export function parseServicesFile(text: string): Result<ServicesFile, string[]> {
  const document = parseDocument(text);
  if (document.errors.length > 0)
    return err(document.errors.map((fault) => fault.message.split("\n")[0] ?? ""));
  const parsed = File.safeParse(document.toJS() ?? {});
  if (!parsed.success) return err(parsed.error.issues.flatMap(describe));
  const faults = doubles(parsed.data);
  return faults.length > 0 ? err(faults) : ok(shape(parsed.data));
}

const capacityIds = Object.keys(capacities) as Capacity[];

const words = z.string({ error: "must be text" }).trim().min(1, "must not be empty");
const person = words.regex(
  /^([UW][A-Z0-9]+|[^@\s]+@[^@\s]+)$/,
  "must be a Slack user id (U…) or an e-mail address",
);
const repo = words.refine(isRepository, "must be a repository as owner/name");

const Owner = z
  .strictObject({
    person: person.optional(),
    stand_in: person.optional(),
    group: words.regex(/^S[A-Z0-9]+$/, "must be a Slack user group id (S…)").optional(),
  })
  .refine(
    (owner) => (owner.person === undefined) !== (owner.group === undefined),
    "must name either a person or a group",
  )
  .refine(
    (owner) => owner.group === undefined || owner.stand_in === undefined,
    "a group has no stand-in",
  );

const Service = z.strictObject({
  name: words,
  default: z.boolean({ error: "must be true or false" }).optional(),
  promise: words.optional(),
  latency_objective_ms: z
    .int({ error: "must be a whole number of milliseconds" })
    .positive("must be more than 0")
    .optional(),
  owners: z.record(z.string(), Owner, { error: "must name an owner by layer" }).optional(),
  issues_repo: repo.optional(),
  postmortem_repo: repo.optional(),
  postmortem_path: words
    .refine(isSafeFolder, "must be a folder inside the repository, without .. and blanks")
    .optional(),
  announce_channel: words.regex(/^[CG][A-Z0-9]+$/, "must be a channel id (C…)").optional(),
  telemetry: z.array(words, { error: "must be a list of names" }).optional(),
  repositories: z.array(repo, { error: "must be a list" }).optional(),
  announce_undeclared: z.boolean({ error: "must be true or false" }).optional(),
});

/** Matching takes longer with each star of a folder's name, so there are few. */
const pattern = words
  .max(200, "must be 200 characters at most")
  .regex(/^[^/(){}\s][^(){}\s]*$/, "must be a path from the repository's root, such as prompts/**")
  .refine(
    (path) => path.split("/").every((part) => part !== ".." && part.split(/\*+/).length <= 4),
    "must be without .. and have three stars in a folder's name at most",
  );

const Path = z.strictObject({
  pattern,
  layer: words,
  kind: words.regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,59}$/u, "must be one word").optional(),
});

const attributes = z.array(words.max(200, "must be 200 characters at most"), {
  error: "must be a list of attribute names",
});

const Person = z.strictObject({
  slack: person,
  github: words.regex(/^[A-Za-z0-9-]+$/, "must be a GitHub login"),
  capacities: z
    .array(z.enum(capacityIds, { error: `must be one of ${capacityIds.join(", ")}` }), {
      error: "must be a list",
    })
    .optional(),
});

const File = z.strictObject(
  {
    services: z.array(Service, { error: "must be a list" }).optional(),
    people: z.array(Person, { error: "must be a list" }).optional(),
    pins: z
      .record(z.string(), attributes, { error: "must list attribute names by layer" })
      .optional(),
    paths: z.array(Path, { error: "must be a list" }).optional(),
  },
  {
    error: (issue) => (issue.code === "invalid_type" ? "must hold services and people" : undefined),
  },
);

/** What only shows across entries: two of one name, two defaults, layers that do not exist. */
function doubles({ services = [], people = [], ...rest }: z.infer<typeof File>): string[] {
  const faults = ledgerFaults(rest);
  const first = services.findIndex((service) => service.default);
  for (const [index, service] of services.entries()) {
    const place = `services[${index}]`;
    if (services.findIndex(({ name }) => name === service.name) < index) {
      faults.push(`${place}.name: "${service.name}" is there twice`);
    }
    if (service.default && index !== first)
      faults.push(`${place}.default: only one service can be the default`);
    for (const layer of Object.keys(service.owners ?? {})) {
      if (!isLayerId(layer)) faults.push(`${place}.owners.${layer}: ${noLayer(layer)}`);
    }
  }
  for (const [index, entry] of people.entries()) {
    if (people.findIndex(({ slack }) => slack === entry.slack) < index) {
      faults.push(`people[${index}].slack: "${entry.slack}" is there twice`);
    }
  }
  return faults;
}

/** Layers that do not exist, attributes that hold text of users, and one that is said to be of two layers. */
function ledgerFaults({ pins = {}, paths = [] }: Pick<z.infer<typeof File>, "pins" | "paths">) {
  const faults: string[] = [];
  const layerOf = new Map<string, string>();
  for (const [layer, names] of Object.entries(pins)) {
    if (!isLayerId(layer)) faults.push(`pins.${layer}: ${noLayer(layer)}`);
    for (const [index, name] of names.entries()) {
      if (contentPart(name) !== undefined) {
        faults.push(
          `pins.${layer}[${index}]: "${name}" holds what people or the model said, and no version; name an attribute that holds a version, such as app.prompt.version`,
        );
      }
      const known = layerOf.get(name);
      if (known !== undefined) {
        faults.push(`pins.${layer}[${index}]: "${name}" is there under ${known} already`);
      }
      layerOf.set(name, layer);
    }
  }
  for (const [index, { layer }] of paths.entries()) {
    if (!isLayerId(layer)) faults.push(`paths[${index}].layer: "${layer}" ${noLayer(layer)}`);
  }
  return faults;
}

function noLayer(word: string): string {
  const near = didYouMean(word, layerIds);
  const meant = near === undefined ? "" : ` (did you mean ${near}?)`;
  return `is no layer${meant}; the layers are ${layerIds.join(", ")}`;
}

function describe(issue: z.core.$ZodIssue): string[] {
  const place = issue.path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `${place ? `${place}.` : ""}${key}: is not known here`);
  }
  return [`${place || "the file"}: ${issue.message}`];
}

function shape(file: z.infer<typeof File>): ServicesFile {
  const { services = [], people = [] } = file;
  return {
    ledger: shapeLedger(file),
    services: services.map((service) => ({
      name: service.name,
      isDefault: service.default ?? false,
      ...(service.promise !== undefined ? { promise: service.promise } : {}),
      ...(service.latency_objective_ms !== undefined
        ? { latencyObjectiveMs: service.latency_objective_ms }
        : {}),
      owners: Object.fromEntries(
        Object.entries(service.owners ?? {}).map(([layer, owner]) => [layer, shapeOwner(owner)]),
      ),
      ...(service.issues_repo !== undefined ? { issuesRepo: service.issues_repo } : {}),
      ...(service.postmortem_repo !== undefined ? { postmortemRepo: service.postmortem_repo } : {}),
      ...(service.postmortem_path !== undefined ? { postmortemPath: service.postmortem_path } : {}),
      ...(service.announce_channel !== undefined
        ? { announceChannel: service.announce_channel }
        : {}),
    })),
    people: people.map((entry) => ({
      slack: entry.slack,
      github: entry.github,
      capacities: entry.capacities ?? [],
    })),
  };
}

function shapeLedger({
  services = [],
  pins = {},
  paths = [],
}: z.infer<typeof File>): LedgerSettings {
  return {
    pinKeys: Object.fromEntries(
      Object.entries(pins).flatMap(([layer, names]) =>
        names.map((name) => [name, layer as LayerId] as const),
      ),
    ),
    paths: paths.map((path) => ({
      pattern: path.pattern,
      layer: path.layer as LayerId,
      kind: path.kind ?? "code_merge",
    })),
    services: services
      .map((service) => ({
        name: service.name,
        telemetryNames: service.telemetry ?? [],
        repositories: service.repositories ?? [],
        announcesUndeclared: service.announce_undeclared ?? false,
      }))
      .filter(
        ({ telemetryNames, repositories, announcesUndeclared }) =>
          telemetryNames.length + repositories.length > 0 || announcesUndeclared,
      ),
  };
}

function shapeOwner({ person, stand_in, group }: z.infer<typeof Owner>): OwnerEntry {
  if (group !== undefined) return { group };
  return { person: person ?? "", ...(stand_in !== undefined ? { standIn: stand_in } : {}) };
}

function whyNot(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EACCES") return "the bot may not read it";
  return code ?? "unknown error";
}
