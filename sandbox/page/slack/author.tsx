import type { ScreenMessage } from "#sandbox/screen.ts";
import { handleOf, type Here, useHere } from "./here.tsx";

/** Who said something, and whether that is an app. */
export function authorOf(here: Here, userId: string): { name: string; isApp: boolean } {
  const isApp = userId === here.facts.bot.userId || here.people.get(userId)?.bot !== undefined;
  return { name: handleOf(here, userId), isApp };
}

/** The author's letter in a colour of their own. */
export function Avatar({ userId }: { userId: string }) {
  const { name, isApp } = authorOf(useHere(), userId);
  return (
    <span className="avatar" data-hue={isApp ? "app" : hueOf(userId)} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/** The author's handle, marked where it is an app. */
export function Author({ message }: { message: Pick<ScreenMessage, "user"> }) {
  const { name, isApp } = authorOf(useHere(), message.user);
  return (
    <>
      <strong className="author">
        <bdi>{name}</bdi>
      </strong>
      {isApp && <span className="badge">App</span>}
    </>
  );
}

const hues = 8;

function hueOf(userId: string): number {
  let sum = 0;
  for (const letter of userId) sum = (sum * 31 + letter.charCodeAt(0)) % 9_973;
  return sum % hues;
}

/** "owner_model" → "OM". */
function initialsOf(name: string): string {
  const [first = "", second = ""] = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return (first.slice(0, 1) + second.slice(0, 1)).toUpperCase() || "?";
}
