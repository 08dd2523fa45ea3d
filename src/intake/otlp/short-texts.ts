const longest = 64;
const slots = 1024;

/**
 * Names come again and again in one body. Each is made a text once; after that its bytes are compared, which
 * is several times faster than making it anew. Holds at most 1,024 texts of at most 64 bytes.
 */
export class ShortTexts {
  /** One place of 64 bytes for each slot. */
  readonly #bytes = new Uint8Array(slots * longest);
  readonly #texts: string[] = Array.from({ length: slots }, () => "");
  readonly #lengths = new Uint8Array(slots);

  /** The text whose UTF-8 stands from `start` to `end`. */
  read(body: Buffer, start: number, end: number): string {
    const length = end - start;
    if (length === 0 || length > longest) return body.toString("utf8", start, end);
    const bytes = this.#bytes;
    const middle = body[(start + end) >> 1]!;
    const slot =
      (length * 31 + body[start]! * 7 + body[end - 1]! * 131 + middle * 17) & (slots - 1);
    const place = slot * longest;
    if (this.#lengths[slot] === length) {
      let at = 0;
      while (at < length && bytes[place + at] === body[start + at]) at += 1;
      if (at === length) return this.#texts[slot]!;
    }
    const text = body.toString("utf8", start, end);
    for (let at = 0; at < length; at += 1) bytes[place + at] = body[start + at]!;
    this.#lengths[slot] = length;
    this.#texts[slot] = text;
    return text;
  }
}
