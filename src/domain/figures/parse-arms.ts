import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { didYouMean } from "#src/lib/did-you-mean.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import type { Arm, ArmRole } from "./figures.ts";
import {
  countsOf,
  eachRow,
  flagOf,
  helpWithout,
  nameOf,
  nameTwice,
  textOf,
} from "./parse-cells.ts";
import { type LineForm, parseRows, type Row } from "./parse-rows.ts";

const armsAtMost = 50;

/** What people see for the role of an arm, and type. */
export const armRoles = {
  baseline: "baseline",
  override: "override",
  all_lkg: "all last known good",
  reverse: "reverse",
  mitigation: "mitigation",
} as const satisfies Record<ArmRole, string>;
const roleIds = Object.keys(armRoles) as ArmRole[];

const form: LineForm = {
  example: "effort high (override, Orchestration & tools): 2 of 20",
  row: { arm: "effort high", role: "override", layers: "orchestration_tools", n: 20, fails: 2 },
  cells: (head) => {
    const [, arm, inside] = /^(.*\S)\s*\(([^()]*)\)$/.exec(head) ?? [];
    const known = roleNamed(inside?.split(",")[0] ?? "");
    if (arm === undefined || inside === undefined) return { arm: head, role: roleInName(head) };
    // brackets may also belong to the name of a baseline
    if (known === undefined && !inside.includes(",") && roleInName(head)) {
      return { arm: head, role: roleInName(head) };
    }
    const [role = "", ...rest] = inside.split(",");
    return { arm, role, layers: rest.join(",") };
  },
};

/**
 * Arms of a replay (B3.1): lines "effort high (override, Orchestration & tools): 2 of 20", several layers
 * with "+"; CSV with arm,role,layers,n,fails, or JSON objects of these. `before`: the arms that the run has
 * already; the parsed ones alone are returned. Refused with the line: counts that cannot be, no baseline or
 * two, a name twice, an override or reverse arm without a layer, an override whose value is not the last
 * known good one or that is called a patch or a fix (R8), an unknown role or layer, more than 50.
 */
export function parseArms(text: string, before: readonly Arm[] = []): Result<Arm[], string> {
  const rows = parseRows(text, form);
  if (!rows.ok) return rows;
  const arms = eachRow(rows.value, armOf);
  if (!arms.ok) return arms;
  const problem = problemOf([...before, ...arms.value]);
  return problem === undefined ? arms : err(problem);
}

/** The arms as lines that parse back to the same. */
export function armsText(arms: readonly Arm[]): string {
  return arms
    .map(({ name, role, layers: ids, n, fails }) => {
      const where = ids.length === 0 ? "" : `, ${ids.map((id) => layers[id].label).join(" + ")}`;
      return `${name} (${armRoles[role]}${where}): ${fails} of ${n}`;
    })
    .join("\n");
}

function problemOf(arms: readonly Arm[]): string | undefined {
  const baselines = arms.filter(({ role }) => role === "baseline");
  const [, secondLkg] = arms.filter(({ role }) => role === "all_lkg");
  const twice = nameTwice(arms.map(({ name }) => name));
  if (twice !== undefined) return `“${twice}” stands there twice. Give each arm its own name.`;
  if (baselines.length === 0) {
    return "There is no baseline. Add a line such as “baseline: 9 of 20”: the request as it was in the incident.";
  }
  if (baselines[1]) {
    return `“${baselines[1].name}” is a second baseline. A run has one: record the other as evidence of its own.`;
  }
  if (secondLkg) {
    return `“${secondLkg.name}” is a second arm with everything at last known good. A run has one.`;
  }
  return arms.length > armsAtMost
    ? `There are ${arms.length} arms. A run has at most ${armsAtMost}.`
    : undefined;
}

function armOf(row: Row): Result<Arm, string> {
  const name = nameOf(row, ["arm", "name"]);
  const role = roleOf(row);
  const ids = layersOf(row);
  const isLkg = flagOf(row, "value_is_lkg", "true nor false, under value_is_lkg");
  const counts = countsOf(row);
  if (!name.ok) return name;
  if (!role.ok) return role;
  if (!ids.ok) return ids;
  if (!isLkg.ok) return isLkg;
  if (!counts.ok) return counts;
  const problem = misfit(name.value, role.value, ids.value, isLkg.value);
  if (problem !== undefined) return err(`${row.at}: ${problem}`);
  return ok({
    name: name.value,
    role: role.value,
    layers: ids.value,
    isLkg: role.value === "override" || role.value === "all_lkg",
    ...counts.value,
  });
}

/** Names of what was put in to make it stop, which shows no cause (R8). */
const forward = /\b(?:patch|patched|hot ?fix|forward|fix|work ?around|new prompt)\b/;
/** And of what was there before it: that is the last known good value. */
const backward =
  /\b(?:before|without|prior to|no|old|previous|last|remove[ds]?|revert(?:ed)?|back)\b/;

function misfit(
  name: string,
  role: ArmRole,
  ids: readonly LayerId[],
  isLkg: boolean | undefined,
): string | undefined {
  if (role === "override" && isLkg === false) {
    return "an override sets back to the last known good value. What is patched forward is a mitigation: give it that role.";
  }
  const words = plain(name);
  // a file that says it is the last known good value is believed
  if (role === "override" && !isLkg && forward.test(words) && !backward.test(words)) {
    return `“${name}” is a change forward: write it as a mitigation. An override sets one thing back to what last worked. If this one does, name it by that value.`;
  }
  if ((role === "override" || role === "reverse") && ids.length === 0) {
    return `name the layer whose pin it sets, such as “(${role}, ${layers.model.label})”.`;
  }
  if ((role === "baseline" || role === "all_lkg") && ids.length > 0) {
    return `${role === "baseline" ? "a baseline sets nothing back" : "it sets all layers back"}: leave the layers out.`;
  }
  return undefined;
}

function roleOf(row: Row): Result<ArmRole, string> {
  const { at, cells } = row;
  const word = textOf(cells.get("role"))?.trim() ?? "";
  const role = roleNamed(word);
  if (role) return ok(role);
  const known = Object.values(armRoles);
  if (word === "") {
    return err(
      `${at}: say what the arm is for: ${known.join(", ")}. Such as “${form.example}”.${helpWithout(row, "role")}`,
    );
  }
  return err(`${at}: “${word}” is no role.${hint(word, known)} Roles: ${known.join(", ")}.`);
}

function layersOf({ at, cells }: Row): Result<LayerId[], string> {
  const cell = cells.get("layers") ?? cells.get("layer");
  const words = Array.isArray(cell)
    ? cell.map((one) => textOf(one) ?? "")
    : (textOf(cell) ?? "").split("+");
  const ids: LayerId[] = [];
  for (const word of words.map((one) => one.trim())) {
    if (word === "") continue;
    const id = layerIds.find((candidate) => spellings(candidate).includes(plain(word)));
    if (!id) {
      const labels = layerIds.map((candidate) => layers[candidate].label);
      return err(
        `${at}: “${word}” is no layer.${hint(word, labels)} Layers: ${labels.join(", ")}.`,
      );
    }
    if (!ids.includes(id)) ids.push(id);
  }
  return ok(ids);
}

function spellings(id: LayerId): string[] {
  return [plain(id), plain(layers[id].label)];
}

/** "Orchestration & tools", "orchestration_tools", "orchestration and tools" are one. */
function plain(word: string): string {
  return word
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== "" && part !== "and")
    .join(" ");
}

function roleNamed(word: string): ArmRole | undefined {
  const spelled = plain(word);
  if (spelled === "all lkg") return "all_lkg";
  return roleIds.find((id) => plain(armRoles[id]) === spelled);
}

/** "baseline" and "all last known good" need no role beside their name. */
function roleInName(name: string): ArmRole | undefined {
  if (/^baseline\b/i.test(name)) return "baseline";
  return /^all (?:last known good|lkg)\b/i.test(name) ? "all_lkg" : undefined;
}

function hint(word: string, known: readonly string[]): string {
  const near = didYouMean(
    word.toLowerCase(),
    known.map((one) => one.toLowerCase()),
  );
  const spelled = known.find((one) => one.toLowerCase() === near);
  return spelled === undefined ? "" : ` Did you mean “${spelled}”?`;
}
