/** Small drawings beside words; emoji would need a font that not every machine has. */
const drawings = {
  lock: "M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  pin: "M5.5 2.5h5M6.5 2.5v4L4 9.5h8l-2.5-3v-4M8 9.5V14",
  thread: "M2.5 3h11v8h-6L4 14v-3H2.5z",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6z",
  file: "M4 1.5h5.5L13 5v9.5H4zM9.5 1.5V5H13",
  home: "M2.5 8 8 2.5 13.5 8M4 7v6.5h8V7",
  plus: "M8 3v10M3 8h10",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  close: "M4 4l8 8M12 4l-8 8",
} as const;

/** A drawing in the colour and size of its words. `label`: what it says where no word stands beside it. */
export function Icon({ of, label }: { of: keyof typeof drawings; label?: string }) {
  return (
    <svg
      className="icon"
      data-of={of}
      viewBox="0 0 16 16"
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    >
      <path d={drawings[of]} />
    </svg>
  );
}
