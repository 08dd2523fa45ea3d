import { type ReactNode, useEffect, useRef, useState } from "react";

/**
 * What may be wider than its place scrolls within itself. It can be reached by keyboard exactly as long
 * as there is something to scroll to.
 */
export function ScrollBox({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [isWider, setIsWider] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () =>
      setIsWider(
        element.scrollWidth > element.clientWidth + 1 ||
          element.scrollHeight > element.clientHeight + 1,
      );
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return (
    <div
      ref={box}
      className={`pn-scroll ${className ?? ""}`}
      {...(isWider ? { tabIndex: 0, role: "group", "aria-label": `${label}, scrolls` } : {})}
    >
      {children}
    </div>
  );
}
