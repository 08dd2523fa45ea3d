import type { AnyBlock } from "@slack/types";
import { useMemo } from "react";
import { Blocks } from "./blocks.tsx";
import { type Given, SurfaceContext, useSurface } from "./surface.ts";
import { useDraft } from "./use-draft.ts";
import { initialValues } from "./values.ts";

interface HomeBlocksProps {
  home: {
    blocks: readonly AnyBlock[];
    id?: string;
    hash?: string;
    values?: Readonly<Record<string, Given>>;
  };
  headingLevel?: 2 | 3 | 4 | 5 | 6;
}

/** The app's Home. What is filled in stays while it is published anew. */
export function HomeBlocks({ home, headingLevel = 3 }: HomeBlocksProps) {
  const surface = useSurface();
  const version = useMemo(
    () => ({
      id: home.id ?? "",
      hash: home.hash ?? "",
      blocks: home.blocks,
      values: home.values ?? initialValues(home.blocks),
    }),
    [home],
  );
  const { values, set } = useDraft(version);
  return (
    <SurfaceContext value={{ ...surface, fields: { values, set, errors: {} } }}>
      <Blocks blocks={home.blocks} headingLevel={headingLevel} />
    </SurfaceContext>
  );
}
