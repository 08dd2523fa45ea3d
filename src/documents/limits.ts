/** GitHub's limit for the title of an issue or pull request, in characters. */
export const titleLimit = 256;

/**
 * What a body shows of one field, in UTF-16 units. Slack takes no more in a form; escapes make a text
 * four and a half times as long at most, so a body stays under GitHub's 65,536 characters.
 */
export const fieldLimit = 3_000;

/** How long our commit messages may be; git itself sets no limit. */
export const commitLimit = 120;
