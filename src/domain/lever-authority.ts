import type { IncidentState, LeverUse } from "./incident.ts";
import type { StabilizeInput } from "./inputs.ts";
import { authorizationsOf, mayAuthorize, needsTwo } from "./lever-use.ts";
import type { Person, UserId } from "./person.ts";
import { mustBeAbleTo } from "./policy.ts";
import type { Rejection } from "./rejection.ts";
import { capacities, type Capacity } from "./vocabulary.ts";
import { listInWords } from "./words.ts";

/** What is known of the authorizers beyond the form. */
export interface AuthorizerBasis {
  /** Undefined where we do not know them: they are taken at the recorder's word. */
  authorizer: Person | undefined;
  second?: Person | undefined;
}

/**
 * B6: who has to have authorized a lever. At SEV1 and SEV2 nobody authorizes what they record; turning
 * a feature off, and what cannot be undone, takes two people of different capacity, or one and the
 * reason why there was no second. Undefined where that is so, else an error at the field.
 */
export function wrongAuthority(
  state: IncidentState,
  input: StabilizeInput,
  recorder: UserId,
  basis: AuthorizerBasis,
): Rejection | undefined {
  return (
    wrongAuthorizer(state, input.authorizer, recorder, "authorizer") ??
    mustBeAbleTo("confirm it", basis.authorizer, "authorizer") ??
    notTheirCapacity(basis.authorizer, input.capacity, "capacity") ??
    (needsTwo(input) ? wrongSecond(input) : undefined) ??
    wrongSecondPerson(state, input, recorder, basis)
  );
}

function wrongAuthorizer(
  state: IncidentState,
  authorizer: UserId,
  recorder: UserId,
  field: string,
): Rejection | undefined {
  if (mayAuthorize(state, { recorder }, authorizer)) return undefined;
  return badField(
    field,
    `At ${state.incident.severity} somebody other than you has to authorize a lever. Name the person who did.`,
  );
}

/**
 * B6: whether somebody can be named in place of the recorder of a lever, who may not authorize it; in the
 * capacity in which the recorder stood. Undefined where they can, else an error at `authorizer`.
 */
export function wrongReplacement(
  state: IncidentState,
  use: LeverUse,
  authorizer: UserId,
  person: Person | undefined,
): Rejection | undefined {
  const field = "authorizer";
  const { recorder } = use;
  const replaced = authorizationsOf(use).find(({ userId }) => userId === recorder);
  if (authorizer === recorder) {
    return badField(
      field,
      `At ${state.incident.severity} somebody other than who recorded the lever has to authorize it. Name the person who did.`,
    );
  }
  if (authorizationsOf(use).some(({ userId }) => userId === authorizer)) {
    return badField(field, "This person is named for this lever already. Name somebody else.");
  }
  return (
    mustBeAbleTo("confirm it", person, field) ??
    notTheirCapacity(person, replaced?.capacity ?? null, field)
  );
}

/** Where two are asked for: each with a capacity, or the reason why there is only one. */
function wrongSecond(input: StabilizeInput): Rejection | undefined {
  if (input.capacity === null) {
    return badField("capacity", "Choose in which capacity this person authorized it.");
  }
  if (input.secondAuthorizer === null) {
    if (input.noSecondWhy !== null) return undefined;
    return badField(
      "second_authorizer",
      "This takes two people of different capacity. Name the second, or say below why there was none.",
    );
  }
  if (input.secondCapacity === null) {
    return badField("second_capacity", "Choose in which capacity the second person authorized it.");
  }
  if (input.secondCapacity === input.capacity) {
    const other = capacities[input.capacity].toLowerCase();
    return badField(
      "second_capacity",
      `Both are named as ${other}. Name a second person of another capacity, or leave the second blank and say why there was none.`,
    );
  }
  return undefined;
}

function wrongSecondPerson(
  state: IncidentState,
  input: StabilizeInput,
  recorder: UserId,
  { second }: AuthorizerBasis,
): Rejection | undefined {
  if (input.secondAuthorizer === null) return undefined;
  if (input.secondAuthorizer === input.authorizer) {
    return badField("second_authorizer", "This is the same person. Name somebody else as second.");
  }
  return (
    wrongAuthorizer(state, input.secondAuthorizer, recorder, "second_authorizer") ??
    mustBeAbleTo("confirm it", second, "second_authorizer") ??
    notTheirCapacity(second, input.secondCapacity, "second_capacity")
  );
}

/** A capacity that this person is known not to have; nobody's word is doubted where none are known. */
function notTheirCapacity(
  person: Person | undefined,
  claimed: Capacity | null,
  field: string,
): Rejection | undefined {
  const known = person?.capacities ?? [];
  if (claimed === null || known.length === 0 || known.includes(claimed)) return undefined;
  const may = listInWords(known.map((one) => capacities[one].toLowerCase()));
  return badField(
    field,
    `This person authorizes as ${may}. Choose that, or name somebody who may authorize as ${capacities[claimed].toLowerCase()}.`,
  );
}

function badField(field: string, message: string): Rejection {
  return { code: "bad_field", field, message };
}
