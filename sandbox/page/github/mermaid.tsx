import { useEffect, useState, useSyncExternalStore } from "react";
import { ScrollBox } from "#sandbox/page/panes/scroll-box.tsx";
import { Code } from "./code.tsx";
import { type Drawing, drawMermaid, type Scheme } from "./draw-mermaid.ts";

/** A diagram of Mermaid's, drawn, with its source beside it; the source alone where it does not parse. */
export function Mermaid({ source }: { source: string }) {
  const scheme = useSyncExternalStore(onScheme, schemeNow, () => "light" as const);
  const [drawing, setDrawing] = useState<Drawing | "failed">();
  useEffect(() => {
    let isWanted = true;
    drawMermaid(source, scheme).then(
      (drawing) => isWanted && setDrawing(drawing),
      () => isWanted && setDrawing("failed"),
    );
    return () => {
      isWanted = false;
    };
  }, [source, scheme]);
  if (drawing === "failed") {
    return (
      <>
        <p>This diagram cannot be drawn. Its source:</p>
        <Code text={source} label="Source of the diagram" />
      </>
    );
  }
  return (
    <figure className="gh-diagram">
      {drawing ? (
        <ScrollBox label="Diagram">
          <img
            src={drawing.url}
            width={drawing.width}
            height={drawing.height}
            alt="A diagram; it stands as text below."
          />
        </ScrollBox>
      ) : (
        <p>The diagram is being drawn.</p>
      )}
      <details>
        <summary>The diagram as text</summary>
        <Code text={source} label="Source of the diagram" />
      </details>
    </figure>
  );
}

/** As the page is shown: what was chosen in it, or else what the system says. */
function schemeNow(): Scheme {
  const chosen = document.documentElement.dataset["scheme"];
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function onScheme(listener: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = new MutationObserver(listener);
  system.addEventListener("change", listener);
  chosen.observe(document.documentElement, { attributeFilter: ["data-scheme"] });
  return () => {
    system.removeEventListener("change", listener);
    chosen.disconnect();
  };
}
