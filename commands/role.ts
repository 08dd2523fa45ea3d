import { isLayerId } from "#src/domain/layers/index.ts";
import { type AnyRole, anyRoleIds, roleLabel } from "#src/domain/set-role.ts";
import { setRole } from "#src/usecases/set-role.ts";
import { openForm } from "./forms.ts";
import { say } from "./read-incident.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Claim a role, or hand it over: at once where role and person are typed, else by the form. */
export const role: IncidentCommand = {
  subcommand: "role",
  usage: "role [role @person]",
  isAboutIncident: true,
  summary: "Claim a role or hand it over; alone it opens a form.",
  run: async (ctx, { incidentId, text, mentions }) => {
    const [, named = "", self] = /^([^@]*?)\s*(?:@.*|(\bme))?\s*$/is.exec(text) ?? [];
    const found = roleOf(named);
    if (named !== "" && found === undefined) {
      return say(
        `There is no role “${named.slice(0, 60)}”. Roles: ${anyRoleIds.map(shortLabel).join(", ")}.`,
      );
    }
    const [person] = self === undefined ? mentions : [ctx.actor.userId];
    if (found === undefined || person === undefined) {
      const hint =
        found === undefined ? {} : isLayerId(found) ? { layers: [found] } : { word: found };
      return openForm(ctx, "set-role", { incidentId, ...hint });
    }
    const result = await setRole(ctx, { incidentId, role: found, person });
    return say(result.ok ? result.value.sentence : result.error.message);
  },
};

/** What people say instead of a role's name. */
const alsoCalled: Readonly<Record<string, AnyRole>> = {
  comms: "communications",
  lead: "coordinator",
};

/** The role that somebody means: its name, a word that one name alone begins a word with, or what it is also called. */
function roleOf(typed: string): AnyRole | undefined {
  const wanted = plainWords(typed);
  if (wanted === "") return undefined;
  const named = anyRoleIds.map((id) => ({
    id,
    names: [plainWords(id), plainWords(roleLabel(id)), plainWords(shortLabel(id))],
  }));
  const exact = named.find(({ names }) => names.includes(wanted));
  if (exact) return exact.id;
  const begins = named.filter(({ names }) =>
    names.some((name) => ` ${name}`.includes(` ${wanted}`)),
  );
  return begins.length === 1 ? begins[0]?.id : alsoCalled[wanted];
}

/** "Coordinator", "Model" */
function shortLabel(id: AnyRole): string {
  return roleLabel(id).replace("Owner of ", "");
}

/** "Retrieval & data", "retrieval_data" and "retrieval data" are one. */
function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, " ")
    .trim();
}
