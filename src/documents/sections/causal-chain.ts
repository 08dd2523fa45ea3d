import type { EvidenceItem } from "#src/domain/evidence.ts";
import { isCounted } from "#src/domain/evidence-weight.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layers } from "#src/domain/layers/index.ts";
import type { ContributingFactor } from "#src/domain/learning.ts";
import type { Strand } from "#src/domain/strand.ts";
import { type FactorCategory, factorCategories } from "#src/domain/vocabulary.ts";
import { type FlowEdge, flow, type GraphNode } from "#src/documents/mermaid.ts";
import { utcMinute, duration } from "#src/documents/times.ts";
import { contributions, proximateVerdicts } from "#src/documents/what-broke.ts";
import { noticedBy, upperFirst } from "#src/documents/words.ts";
import { leftOut, numbered } from "./chain-left-out.ts";
import { evidenceList } from "./evidence-line.ts";
import { requestChains } from "./request-chain.ts";
import type { Section } from "./section.ts";

/**
 * B11.6: from what changed over the layer that broke first to what users saw, drawn, with what hid it and
 * what was missing to see it; then the requests that were recorded from end to end.
 */
export const causalChain: Section = {
  title: "Causal chain of one request",
  render: ({ state, names }) => {
    const traces = state.evidence.filter((item) => item.kind === "E3" && isCounted(item));
    const drawn = chain(state);
    if (traces.length === 0 && drawn === undefined) return undefined;
    return [
      ...(drawn ?? []),
      traces.length > 0
        ? `${traces.length === 1 ? "A request that was recorded" : "Requests that were recorded"} from what the user asked to what was shown:\n\n${evidenceList(traces)}`
        : "No request was recorded from end to end.",
      ...requestChains(traces, names),
    ].join("\n\n");
  },
};

/** As many boxes as a phone shows without a magnifying glass. */
const nodesAtMost = 15;
const strandsAtMost = 4;
const changesAtMost = 2;

/** A box, and the arrows that it brings. Boxes are taken in this order until there are enough. */
interface Part {
  node: GraphNode;
  edges: FlowEdge[];
  told: Told;
}

/** What a box tells, so that one which is left out can be named: its number is the strand's, or its own. */
interface Told {
  kind: "strand" | "noticed" | "condition" | "change" | "factor" | "gap";
  number: number;
}

/** The chain with a sentence on how to read it; undefined where no layer is named. */
function chain(state: IncidentState): string[] | undefined {
  const told = state.strands.filter(({ number }) => proximateVerdicts(state, number).length > 0);
  if (told.length === 0) return undefined;
  const shown = told.slice(0, strandsAtMost);
  const wanted = [
    ...shown.flatMap((strand) => backbone(state, strand, shown.length > 1)),
    noticed(state, shown),
    ...shown.flatMap(({ number }) => [...conditions(state, number), ...changes(state, number)]),
    ...factorParts(state, shown),
    ...gapParts(state),
  ];
  const parts = wanted.slice(0, nodesAtMost);
  const ids = new Set(parts.map(({ node }) => node.id));
  const edges = parts.flatMap((part) => part.edges);
  const late = shown.filter((strand) => !beganBefore(strand, noticedAt(state)));
  return [
    `How it came about, from what changed down to what users saw; a dotted arrow is what hid it or kept it from being seen.${told.length > shown.length ? ` The first ${shown.length} strands are drawn; the others are told under “Attribution”.` : ""}`,
    flow(
      parts.map(({ node }) => node),
      edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    ),
    ...(late.length > 0
      ? [
          `${upperFirst(numbered("strand", late))} began after it was noticed, so no arrow leads from ${late.length > 1 ? "them" : "it"} to “Noticed”.`,
        ]
      : []),
    ...undrawn(state, shown, wanted, parts),
  ];
}

/** What the drawing has no room for, or no place. */
function undrawn(
  state: IncidentState,
  shown: readonly Strand[],
  wanted: readonly Part[],
  drawn: readonly Part[],
): string[] {
  const drawable = (
    kind: Told["kind"],
    word: string,
    where: string,
    items: readonly { number: number }[],
  ) => ({ word, where, items, drawn: drawn.flatMap(numbersOf(kind)) });
  const cut = (kind: Told["kind"]) =>
    wanted.slice(drawn.length).flatMap(({ told }) => (told.kind === kind ? [told] : []));
  const found = shown.flatMap(({ number }) =>
    namedLayers(state, number).flatMap((layer) =>
      state.evidence.filter((item) => dated(item, number, layer).length > 0),
    ),
  );
  const attribution = "“Attribution”";
  return leftOut([
    { word: "parts of strand", where: attribution, items: cut("strand"), drawn: [] },
    { word: "what contributed in strand", where: attribution, items: cut("condition"), drawn: [] },
    drawable("change", "evidence", "the appendix", found),
    drawable("factor", "factor", "“Contributing factors and how they interacted”", state.factors),
    drawable("gap", "gap", "“Why detection did not catch it”", state.gaps),
  ]);
}

function numbersOf(kind: Told["kind"]): (part: Part) => number[] {
  return ({ told }) => (told.kind === kind ? [told.number] : []);
}

/** The layers that broke first in a strand, and what users saw of it. */
function backbone(state: IncidentState, strand: Strand, isOneOfSeveral: boolean): Part[] {
  const { number, name, symptom } = strand;
  const which = isOneOfSeveral ? `Strand ${number}, ` : "";
  const seen = symptom ?? (isOneOfSeveral ? name : state.incident.userImpact) ?? name;
  const broke = namedLayers(state, number).map((layer): Part => ({
    node: {
      id: brokeId(number, layer),
      label: `${which}${layers[layer].label} broke first: ${name}`,
    },
    edges: [{ from: brokeId(number, layer), to: `SEEN${number}` }],
    told: { kind: "strand", number },
  }));
  return [
    ...broke,
    {
      node: { id: `SEEN${number}`, label: `Users saw: ${seen}` },
      edges: [],
      told: { kind: "strand", number },
    },
  ];
}

/** Only what began before can have been noticed then. */
function noticed(state: IncidentState, shown: readonly Strand[]): Part {
  const signals = noticedBy(state.incident);
  return {
    node: {
      id: "NOTICED",
      label: `${signals ? `Noticed through ${signals}` : "Noticed"}${lag(state, shown)}`,
    },
    edges: shown
      .filter((strand) => beganBefore(strand, noticedAt(state)))
      .map(({ number }) => ({ from: `SEEN${number}`, to: "NOTICED" })),
    told: { kind: "noticed", number: 0 },
  };
}

/** ", 5 days after strand 1 began": the strand that was there longest; the estimated onset where no window is known. */
function lag(state: IncidentState, shown: readonly Strand[]): string {
  const seen = noticedAt(state);
  const { onsetAt } = state.incident;
  const [first] = shown
    .flatMap(({ number, windowFrom }) =>
      windowFrom && windowFrom <= seen ? [{ number, windowFrom }] : [],
    )
    .toSorted((a, b) => a.windowFrom.getTime() - b.windowFrom.getTime());
  if (state.strands.length > 1 && first) {
    return `, ${duration(first.windowFrom, seen)} after strand ${first.number} began`;
  }
  const from = onsetAt ?? first?.windowFrom;
  return from && from <= seen ? `, ${duration(from, seen)} after it began` : "";
}

function noticedAt({ incident }: IncidentState): Date {
  return incident.noticedAt ?? incident.declaredAt;
}

function beganBefore({ windowFrom }: Strand, seen: Date): boolean {
  return windowFrom === null || windowFrom <= seen;
}

/** R7: what each layer or condition contributed. */
function conditions(state: IncidentState, strandNumber: number): Part[] {
  const [first] = namedLayers(state, strandNumber);
  if (!first) return [];
  return contributions(state, strandNumber).map(({ layer, contribution }, index) => {
    const id = `WITH${strandNumber}x${index + 1}`;
    return {
      node: { id, label: `${layers[layer].label} contributed: ${contribution ?? ""}` },
      edges: [{ from: id, to: brokeId(strandNumber, first) }],
      told: { kind: "condition", number: strandNumber },
    };
  });
}

/** Dated changes of the layers that broke, the oldest first: what their failure waited for. */
function changes(state: IncidentState, strandNumber: number): Part[] {
  return namedLayers(state, strandNumber).flatMap((layer) =>
    state.evidence
      .flatMap((item) => dated(item, strandNumber, layer))
      .toSorted((a, b) => a.at.localeCompare(b.at))
      .slice(0, changesAtMost)
      .map(({ at, item }): Part => {
        const id = `EV${item.number}x${strandNumber}`;
        const when = utcMinute(new Date(at)).slice(0, 10);
        return {
          node: { id, label: `${when}, evidence ${item.number}: ${item.what}` },
          edges: [{ from: id, to: brokeId(strandNumber, layer) }],
          told: { kind: "change", number: item.number },
        };
      }),
  );
}

function dated(
  item: EvidenceItem,
  strandNumber: number,
  layer: LayerId,
): { at: string; item: EvidenceItem }[] {
  const { changedAt } = item.data;
  if (!changedAt || !item.supports.includes(layer)) return [];
  return item.strandNumbers.includes(strandNumber) ? [{ at: changedAt, item }] : [];
}

/** Factors that kept it from being seen, rather than making it happen (B8). */
const hiding: readonly FactorCategory[] = [
  "masking",
  "observability_gap",
  "testing_gap",
  "test_prod_divergence",
  "signal_overridden",
  "privacy_constrained_evidence",
  "provider_opacity",
];

/** What hid it, first; then the conditions that made it happen, where it is plain in which strand. */
function factorParts(state: IncidentState, shown: readonly Strand[]): Part[] {
  const { factors } = state;
  const masking = factors.filter(({ category }) => category === "masking");
  const hid = factors.filter(({ category }) => hiding.includes(category) && category !== "masking");
  const made = factors.filter(({ category }) => !hiding.includes(category));
  return [
    ...masking.map((factor) => factorPart(factor, "NOTICED", true)),
    ...made.flatMap((factor) => {
      const where = shown.filter(({ number }) => namedLayers(state, number).includes(factor.layer));
      const [only] = where;
      return only && where.length === 1
        ? [factorPart(factor, brokeId(only.number, factor.layer), false)]
        : [];
    }),
    ...hid.map((factor) => factorPart(factor, "NOTICED", true)),
  ];
}

function factorPart(
  { number, category, statement }: ContributingFactor,
  to: string,
  isDotted: boolean,
): Part {
  const id = `F${number}`;
  return {
    node: { id, label: `Factor ${number}, ${factorCategories[category]}: ${statement}` },
    edges: [{ from: id, to, isDotted }],
    told: { kind: "factor", number },
  };
}

function gapParts({ gaps }: IncidentState): Part[] {
  return gaps.map(({ number, statement }) => ({
    node: { id: `G${number}`, label: `Gap ${number}: ${statement}` },
    edges: [{ from: `G${number}`, to: "NOTICED", isDotted: true }],
    told: { kind: "gap", number },
  }));
}

function namedLayers(state: IncidentState, strandNumber: number): LayerId[] {
  return [...new Set(proximateVerdicts(state, strandNumber).map(({ layer }) => layer))];
}

function brokeId(strandNumber: number, layer: LayerId): string {
  return `BROKE${strandNumber}x${layer.replaceAll("_", "")}`;
}
