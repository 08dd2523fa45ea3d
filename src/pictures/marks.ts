import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import type { PictureChange } from "./change-picture.ts";

/** One mark of the picture: a change, or several of one layer that lie close together. */
export interface Mark {
  /** Counts from 1, the oldest first. */
  number: number;
  layer: LayerId;
  from: Date;
  to: Date;
  count: number;
  undeclared: number;
  /** What is said of it: of several the first undeclared one, else the first. */
  summary: string;
}

/** More marks than this nobody reads, on a phone or as text. */
const marksAtMost = 20;

/** Into how many pieces the time is cut where there are too many, fewer and fewer: three pieces of six layers fit for sure. */
const pieces = [64, 32, 16, 8, 5, 3] as const;

/**
 * The marks of changes between two times: each change one, or where these are more than 20, those of a
 * layer that fall into the same piece of the time together. Bounded time and marks, however many changes.
 */
export function marksOf(changes: readonly PictureChange[], from: Date, to: Date): Mark[] {
  const single = changes.length <= marksAtMost ? changes.map((change) => [change]) : undefined;
  const groups = single ?? grouped(changes, from, to);
  return groups
    .map(markOf)
    .toSorted((a, b) => a.from.getTime() - b.from.getTime() || byLayer(a) - byLayer(b))
    .map((mark, index) => ({ ...mark, number: index + 1 }));
}

const byLayer = ({ layer }: { layer: LayerId }): number => layerIds.indexOf(layer);

function grouped(changes: readonly PictureChange[], from: Date, to: Date): PictureChange[][] {
  let groups: PictureChange[][] = [];
  for (const count of pieces) {
    const width = Math.max((to.getTime() - from.getTime()) / count, 1);
    const found = new Map<string, PictureChange[]>();
    for (const change of changes) {
      const piece = Math.floor((change.at.getTime() - from.getTime()) / width);
      const key = `${change.layer}:${Math.min(Math.max(piece, 0), count - 1)}`;
      const group = found.get(key);
      if (group) group.push(change);
      else found.set(key, [change]);
    }
    groups = [...found.values()];
    if (groups.length <= marksAtMost) break;
  }
  return groups;
}

function markOf(group: readonly PictureChange[]): Omit<Mark, "number"> {
  const [first] = group;
  const last = group.at(-1);
  if (!first || !last) throw new Error("a mark stands for a change");
  return {
    layer: first.layer,
    from: first.at,
    to: last.at,
    count: group.length,
    undeclared: group.filter(({ isDeclared }) => !isDeclared).length,
    summary: (group.find(({ isDeclared }) => !isDeclared) ?? first).summary,
  };
}
