/**
 * Names come again and again in one body. Each is made a text once; after that its bytes are compared, which
 * is several times faster than making it anew. Holds at most 1,024 texts of at most 64 bytes.
 */
export class ShortTexts {
  readonly #bytes: Uint8Array[] = [];
  readonly #texts: string[] = [];

  /** The text whose UTF-8 stands from `start` to `end`. */
  read(body: Buffer, start: number, end: number): string {
    const length = end - start;
    if (length === 0 || length > 64) return body.toString("utf8", start, end);
    const middle = body[(start + end) >> 1]!;
    const slot = (length * 31 + body[start]! * 7 + body[end - 1]! * 131 + middle * 17) & 1023;
    const known = this.#bytes[slot];
    if (known?.length === length) {
      let at = 0;
      while (at < length && known[at] === body[start + at]) at += 1;
      if (at === length) return this.#texts[slot]!;
    }
    const text = body.toString("utf8", start, end);
    this.#bytes[slot] = Uint8Array.prototype.slice.call(body, start, end);
    this.#texts[slot] = text;
    return text;
  }
}
