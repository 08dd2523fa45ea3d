import { sliceInWords, sliceText } from "#src/domain/slice.ts";
import { fisherGreater, isSignificantlyAbove } from "#src/domain/statistics/fisher.ts";
import { countsInWords, pInWords } from "./figure-words.ts";
import type { SeriesWindow } from "./figures.ts";
import type { Finding } from "./reading.ts";

/** Two windows next to each other, the change in between. */
interface Edge {
  way: "in" | "out";
  before: SeriesWindow;
  after: SeriesWindow;
  p: number;
  isSignificant: boolean;
  /** It fails significantly less often with the change in: it does not follow the change here. */
  isAgainst: boolean;
}

/**
 * Whether the rate follows one change in and out (R5c): `in_and_out` where, within one slice, it rises
 * significantly as the change comes in and falls as it goes, each edge Fisher one-sided, 5 % (B13.13),
 * and no edge of that slice moves significantly the other way; else a null id with what is missing. Windows may come in any order; those of a slice do not overlap.
 * Whether all other pins stayed equal is not read from numbers.
 */
export function readSeries(windows: readonly SeriesWindow[]): Finding {
  const series = [...Map.groupBy(windows, ({ slice }) => sliceText(slice))]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, own]) => edgesOf(own));
  for (const edges of series) {
    const into = strongest(edges, "in");
    const out = strongest(edges, "out");
    if (into?.isSignificant && out?.isSignificant && !edges.some(({ isAgainst }) => isAgainst)) {
      return {
        id: "in_and_out",
        layers: [],
        sentence: `It follows the change in and out${whereInWords(into)}: ${edgeInWords(into)}; ${edgeInWords(out)}.`,
        missing: [],
      };
    }
  }
  const edges = series.flat();
  const [against] = edges.filter(({ isAgainst }) => isAgainst);
  if (against) {
    return {
      id: null,
      layers: [],
      sentence: `It does not follow the change${whereInWords(against)}: at one edge it moves the other way, ${edgeInWords(against)}. Look for what else changed then.`,
      missing: ["cohort_rates"],
    };
  }
  const seen = [strongest(edges, "in"), strongest(edges, "out")].filter(
    (edge) => edge !== undefined,
  );
  const numbers = seen.length === 0 ? "" : `: ${seen.map(edgeInWords).join("; ")}`;
  return {
    id: null,
    layers: [],
    sentence: `It is not shown to follow the change both ways${numbers}. ${nextInWords(seen)}`,
    missing: ["cohort_rates"],
  };
}

/** Whether at least one edge, in or out, is significant. */
export function hasSignificantEdge(windows: readonly SeriesWindow[]): boolean {
  return [...Map.groupBy(windows, ({ slice }) => sliceText(slice)).values()].some((own) =>
    edgesOf(own).some(({ isSignificant }) => isSignificant),
  );
}

function edgesOf(windows: readonly SeriesWindow[]): Edge[] {
  const sorted = windows.toSorted((one, other) => Date.parse(one.from) - Date.parse(other.from));
  return sorted.flatMap((after, at): Edge[] => {
    const before = sorted[at - 1];
    if (!before || before.isChangeIn === after.isChangeIn) return [];
    const [changed, plain] = after.isChangeIn ? [after, before] : [before, after];
    return [
      {
        way: after.isChangeIn ? "in" : "out",
        before,
        after,
        p: fisherGreater(changed, plain),
        isSignificant: isSignificantlyAbove(changed, plain),
        isAgainst: isSignificantlyAbove(plain, changed),
      },
    ];
  });
}

function strongest(edges: readonly Edge[], way: Edge["way"]): Edge | undefined {
  return edges.filter((edge) => edge.way === way).toSorted((one, other) => one.p - other.p)[0];
}

function edgeInWords({ way, before, after, p, isAgainst }: Edge): string {
  const what = way === "in" ? "as it comes in" : "as it goes out";
  const [changed, plain] = way === "in" ? [after, before] : [before, after];
  const shown = isAgainst ? fisherGreater(plain, changed) : p;
  return `${countsInWords(before)} to ${countsInWords(after)} ${what} (${pInWords(shown)})`;
}

function whereInWords({ after }: Edge): string {
  const words = sliceInWords(after.slice);
  return words === "" ? "" : ` for ${words}`;
}

function nextInWords(seen: readonly Edge[]): string {
  if (!seen.some(({ way }) => way === "in")) {
    return "Give a window before the change came in and the one after it.";
  }
  if (!seen.some(({ way }) => way === "out")) {
    return "Give a window with the change and the one after it was taken out.";
  }
  return "Longer windows count more requests, and may show it.";
}
