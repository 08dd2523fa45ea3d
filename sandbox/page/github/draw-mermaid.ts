import mermaidUrl from "@mermaid-js/tiny/dist/mermaid.tiny.js?url";

export type Scheme = "light" | "dark";
/** A picture: nothing in it can run, whatever the diagram says. */
export interface Drawing {
  url: string;
  width: number;
  height: number;
}

/** Of Mermaid, what is used here. */
interface Mermaid {
  initialize(options: Record<string, unknown>): void;
  render(id: string, source: string, container: Element): Promise<{ svg: string }>;
}

let loading: Promise<Mermaid> | undefined;
let last: Promise<unknown> = Promise.resolve();
let count = 0;

/** Draws a diagram. Rejects where its source does not parse. */
export function drawMermaid(source: string, scheme: Scheme): Promise<Drawing> {
  // Mermaid's settings are for all diagrams at once: one is drawn after the other
  const drawing = last.then(async () => draw(await load(), source, scheme));
  last = drawing.catch(() => undefined);
  return drawing;
}

async function draw(mermaid: Mermaid, source: string, scheme: Scheme): Promise<Drawing> {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    // labels are text of the picture, and never markup
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    theme: scheme === "dark" ? "dark" : "neutral",
    fontFamily: "system-ui, sans-serif",
  });
  const place = document.createElement("div");
  place.className = "gh-drawing-place";
  place.ariaHidden = "true";
  document.body.append(place);
  try {
    count += 1;
    const { svg } = await mermaid.render(`gh-diagram-${count}`, source, place);
    return toPicture(svg);
  } finally {
    place.remove();
  }
}

function toPicture(text: string): Drawing {
  const svg = new DOMParser().parseFromString(text, "text/html").querySelector("svg");
  const [, , width = 0, height = 0] = (svg?.getAttribute("viewBox") ?? "").split(/\s+/).map(Number);
  if (!svg || !(width > 0) || !(height > 0)) throw new Error("nothing was drawn");
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  const xml = new XMLSerializer().serializeToString(svg);
  return {
    url: `data:image/svg+xml,${encodeURIComponent(xml)}`,
    width: Math.ceil(width),
    height: Math.ceil(height),
  };
}

/** A script of its own, loaded with the first diagram; it is not made to be a module. */
function load(): Promise<Mermaid> {
  loading ??= new Promise<Mermaid>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = mermaidUrl;
    script.addEventListener("load", () => {
      const { mermaid } = globalThis as { mermaid?: Mermaid };
      if (mermaid) resolve(mermaid);
      else reject(new Error("Mermaid is not there"));
    });
    script.addEventListener("error", () => {
      loading = undefined;
      reject(new Error("Mermaid could not be loaded"));
    });
    document.head.append(script);
  });
  return loading;
}
