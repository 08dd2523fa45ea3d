import type { ChangePicture } from "./change-picture.ts";

/** Which time stands where in the picture. */
export interface Scale {
  from: Date;
  to: Date;
  /** In pixels from the left; what lies outside stands at the edge. */
  xOf(at: Date): number;
}

/** Width of the picture in pixels, and what stays free at its sides. */
export const pictureWidth = 1_200;
export const margin = 40;

const hour = 3_600_000;

/**
 * The time that the picture shows: the window, the onset, every change and the declaration; of what lasts
 * longer at most half as much again, so that a response of weeks does not squeeze the changes together.
 */
export function scaleOf(shown: ChangePicture): Scale {
  const { window, onsetAt, declaredAt, changes, impact, levers, strands, now } = shown;
  const first = Math.min(
    ...[window.from, onsetAt ?? window.from, changes[0]?.at ?? window.from].map(Number),
  );
  const last = Math.max(
    ...[window.to, declaredAt, changes.at(-1)?.at ?? window.to].map(Number),
    first + hour,
  );
  const spans = [...(impact ? [impact] : []), ...levers, ...strands];
  const end = Math.max(last, ...spans.map(({ until }) => Number(until ?? now)));
  const to = Math.min(end, last + (last - first) / 2);
  const free = (to - first) * 0.03;
  return linear(new Date(first - free), new Date(to + free));
}

function linear(from: Date, to: Date): Scale {
  const pixels = pictureWidth - 2 * margin;
  return {
    from,
    to,
    xOf(at) {
      const part = (at.getTime() - from.getTime()) / (to.getTime() - from.getTime());
      return margin + Math.min(Math.max(part, 0), 1) * pixels;
    },
  };
}
