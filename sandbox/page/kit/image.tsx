import type { ImageBlock, ImageElement as SlackImage } from "@slack/types";
import { useState } from "react";
import { safeUrl } from "./links.ts";
import { Plain } from "./text.tsx";

/** A small picture beside text, or among the elements of a context. */
export function ImageElement({ image }: { image: SlackImage }) {
  return <Picture className="bk-image-small" url={urlOf(image)} alt={image.alt_text} />;
}

/** A picture as a block of its own. */
export function ImageBlockView({ block }: { block: ImageBlock }) {
  return (
    <figure className="bk-image">
      {block.title && (
        <figcaption>
          <Plain text={block.title} />
        </figcaption>
      )}
      <Picture className="bk-image-large" url={urlOf(block)} alt={block.alt_text} />
    </figure>
  );
}

/** Where it cannot be had (offline, or a file of Slack's own), what it shows is said. */
function Picture({
  url,
  alt,
  className,
}: {
  url: string | undefined;
  alt: string;
  className: string;
}) {
  const [failed, setFailed] = useState<string>();
  if (url === undefined || failed === url) {
    return (
      <span className={`${className} bk-image-missing`} role="img" aria-label={alt} dir="auto">
        {alt}
      </span>
    );
  }
  return (
    <img
      className={className}
      src={url}
      alt={alt}
      loading="lazy"
      referrerPolicy="no-referrer"
      onError={() => setFailed(url)}
    />
  );
}

function urlOf(image: object): string | undefined {
  const url: unknown = (image as { image_url?: unknown }).image_url;
  return typeof url === "string" && /^https?:/i.test(url) ? safeUrl(url) : undefined;
}
