import { createHash, timingSafeEqual } from "node:crypto";

/**
 * Tells whether an `Authorization` header carries the token, as `Bearer <token>` (RFC 6750, section 2.1).
 * The digests are compared, which are of one length, in constant time: how long it takes says nothing of
 * how much of the token was right.
 */
export function bearerCheck(token: string): (authorization: string | undefined) => boolean {
  const expected = digest(token);
  return (authorization) => {
    const given = /^bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
    // compared also where there is none, so that both take the same time
    const isSame = timingSafeEqual(digest(given ?? ""), expected);
    return given !== undefined && isSame;
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
