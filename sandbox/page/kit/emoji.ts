import { get } from "node-emoji";

/** Slack's names that the list of node-emoji does not have. */
const alsoNamed: Readonly<Record<string, string>> = {
  thumbsup: "👍",
  thumbsdown: "👎",
  simple_smile: "🙂",
  large_green_circle: "🟢",
  large_yellow_circle: "🟡",
  large_orange_circle: "🟠",
  large_purple_circle: "🟣",
  large_brown_circle: "🟤",
};
const skins = ["", "", "🏻", "🏼", "🏽", "🏾", "🏿"];

/** The character behind an emoji's name (without colons); undefined where no such emoji is known. */
export function emojiOf(name: string): string | undefined {
  const [plain = "", skin] = name.split("::skin-tone-");
  const known = Object.hasOwn(alsoNamed, plain) ? alsoNamed[plain] : get(plain);
  return known === undefined ? undefined : known + (skins[Number(skin ?? 0)] ?? "");
}

/** `:name:`, with a skin tone behind it or without, as both kinds of Slack's text have it. */
const emojiPattern = /:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/gi;

/** The text with every `:name:` that is known as the character. */
export function withEmoji(text: string): string {
  return text.replace(emojiPattern, (whole, name: string) => emojiOf(name.toLowerCase()) ?? whole);
}
