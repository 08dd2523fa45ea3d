import type { ReactNode } from "react";
import { safeUrl } from "./links.ts";
import { useSurface } from "./surface.ts";

interface LinkProps {
  url: string;
  children: ReactNode;
  className?: string;
  /** What a screen reader says instead of what is shown. */
  label?: string | undefined;
  onFollow?: () => void;
}

/** A link to where a person may be sent; elsewhere, what it would show. */
export function Link({ url, children, className = "bk-link", label, onFollow }: LinkProps) {
  const { follow } = useSurface();
  const href = safeUrl(url);
  if (href === undefined) return <span className={className}>{children}</span>;
  return (
    <a
      className={className}
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={label}
      onClick={(event) => {
        onFollow?.();
        if (follow?.(href)) event.preventDefault();
      }}
    >
      {children}
    </a>
  );
}
