import type { KnownBlock } from "@slack/types";
import type { IncidentId } from "#src/domain/incident.ts";
import { actions, button, context } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";

/** One page of a list in a form that is only read: what is on it, and the way to the others. */
export interface Page<Item> {
  items: Item[];
  /** From 0. */
  page: number;
  pages: number;
}

/** This page of a list, or the last one where the list has become shorter. */
export function pageOf<Item>(all: readonly Item[], perPage: number, wanted: number): Page<Item> {
  const pages = Math.max(1, Math.ceil(all.length / perPage));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  return { items: all.slice(page * perPage, (page + 1) * perPage), page, pages };
}

/**
 * Buttons to the page before and after, `<name>-earlier` and `<name>-later`, and which page this is;
 * nothing where there is one page.
 */
export function pager(
  name: "checklist" | "strands",
  incidentId: IncidentId,
  { page, pages }: Omit<Page<unknown>, "items">,
): KnownBlock[] {
  if (pages < 2) return [];
  const to = (number: number) => encodeHint({ incidentId, page: number });
  return [
    context(`Page ${page + 1} of ${pages}.`),
    actions(`pages:${name}`, [
      ...(page > 0 ? [button(`${name}-earlier`, "Page before", to(page - 1))] : []),
      ...(page < pages - 1 ? [button(`${name}-later`, "Next page", to(page + 1))] : []),
    ]),
  ];
}
