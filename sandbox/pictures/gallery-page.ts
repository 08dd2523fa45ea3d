/** One payload as it is drawn, by the name of its file. */
export interface GalleryItem {
  /** Without ending: "modal-add-evidence". */
  name: string;
  /** What is drawn, as HTML that the page's own renderer wrote. */
  html: string;
  /** The text that notifications and screen readers have; absent: a form or a Home. */
  fallback?: string;
}

const groups = [
  { begin: "message", title: "Messages" },
  { begin: "modal", title: "Forms" },
  { begin: "home", title: "Home" },
  { begin: "reply", title: "Replies to commands" },
];

/** One page that needs nothing beside itself: no script, no picture, no font. */
export function galleryPage(
  items: readonly GalleryItem[],
  { styles, isDark }: { styles: string; isDark: boolean },
): string {
  const filled = groups
    .map((group) => ({
      ...group,
      items: items.filter(({ name }) => name.split("-")[0] === group.begin),
    }))
    .filter((group) => group.items.length > 0);
  const scheme = isDark ? ' data-scheme="dark"' : "";
  return `<!doctype html>
<html lang="en"${scheme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Everything Faultline shows in Slack</title>
<style>
${styles}
${ownStyles}
</style>
</head>
<body>
<div class="gallery">
<nav class="gallery-contents" aria-label="Contents">
${filled.map(contentsOf).join("\n")}
</nav>
<main>
<h1>Everything Faultline shows in Slack</h1>
<p>${items.length} payloads of the golden files, drawn by the renderer of the sandbox.</p>
${filled.map(sectionOf).join("\n")}
</main>
</div>
</body>
</html>
`;
}

interface Group {
  begin: string;
  title: string;
  items: readonly GalleryItem[];
}

function contentsOf({ begin, title, items }: Group): string {
  const lines = items.map(
    ({ name }) =>
      `<li><a href="#${escaped(name)}">${escaped(name.slice(begin.length + 1) || name)}</a></li>`,
  );
  return `<details open><summary>${escaped(title)} (${items.length})</summary>
<ul>
${lines.join("\n")}
</ul>
</details>`;
}

function sectionOf({ begin, title, items }: Group): string {
  return `<section aria-labelledby="group-${begin}">
<h2 id="group-${begin}">${escaped(title)}</h2>
${items.map((item) => articleOf(item, begin)).join("\n")}
</section>`;
}

function articleOf({ name, html, fallback }: GalleryItem, begin: string): string {
  const text =
    fallback === undefined
      ? ""
      : `<p class="gallery-text"><span>Text for notifications and screen readers:</span> <bdi>${escaped(fallback)}</bdi></p>`;
  return `<article class="gallery-item gallery-${begin}" id="${escaped(name)}">
<h3><a href="#${escaped(name)}">${escaped(name)}</a></h3>
<div class="gallery-drawing">${html}</div>
${text}
</article>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const ownStyles = `
html { scroll-padding-top: 16px; }
.gallery { display: grid; grid-template-columns: minmax(200px, 280px) minmax(0, 1fr); }
.gallery-contents { position: sticky; top: 0; max-height: 100vh; overflow: auto; padding: 16px; border-inline-end: 1px solid var(--line); font-size: var(--text-small); }
.gallery-contents ul { margin: 4px 0 12px; padding: 0; list-style: none; }
.gallery-contents li { padding: 2px 0; overflow-wrap: anywhere; }
.gallery-contents summary { font-weight: 600; cursor: pointer; }
.gallery a { color: var(--accent); }
.gallery main { min-width: 0; padding: 16px 24px; }
.gallery h1 { margin: 0; font-size: 1.5rem; }
.gallery-item { margin-block: 0 40px; }
.gallery-item > h3 { margin: 0 0 8px; font: 600 var(--text-small) var(--mono); }
.gallery-item > h3 a { color: var(--ink-soft); text-decoration: none; }
.gallery-item > h3 a:hover { text-decoration: underline; }
.gallery-drawing { max-width: 560px; padding: 16px; border: 1px solid var(--line); border-radius: 12px; }
.gallery-modal .gallery-drawing { max-width: 520px; padding: 0; border: 0; }
.gallery-home .gallery-drawing { max-width: 720px; }
.gallery-text { max-width: 560px; margin: 8px 0 0; color: var(--ink-soft); font-size: var(--text-small); overflow-wrap: anywhere; }
.gallery-text span { font-weight: 600; }
.gallery summary.bk-control { list-style: none; }
.gallery summary.bk-control::-webkit-details-marker { display: none; }
.gallery details[open] > .bk-choose-toggle::after { transform: translateY(2px) rotate(225deg); }
.gallery details:not([open]) > .bk-menu { display: none; }
@media (max-width: 760px) {
  .gallery { display: block; }
  .gallery-contents { position: static; max-height: 40vh; border-inline-end: 0; border-block-end: 1px solid var(--line); }
  .gallery main { padding: 16px; }
}
`;
