/**
 * The reasons that leave a client. An error's text may name its user, its folders or its files; what the coordinator gets
 * is one line of text without paths.
 */

import { printable, shortened } from '@gaitway/protocol';

/** What is left of a path. */
const PATH = '(a path)';

/**
 * A quoted text with a slash in it, which may have blanks and apostrophes: `'/home/ann/o'neill's data'`. A quotation mark
 * between two letters neither begins nor ends it.
 */
const QUOTED_PATH = /(?<!\w)(["'`])(?:(?!\1(?!\w))[^\n])*?[\\/](?:(?!\1(?!\w))[^\n])*\1(?!\w)/gu;

/** An absolute path, which may have blanks too: it is taken to reach to the next colon, quotation mark or line break. */
const ABSOLUTE_PATH = /(?<![\w.~-])(?:file:)?(?:~|[A-Za-z]:)?[\\/](?:(?!: )[^"'`\n]|(?<=\w)['`](?=\w))*/gu;

/** Any other word with a slash in it: `ward-3/memory`. */
const RELATIVE_PATH = /[^\s"'`()]*[\\/][^\s"'`()]*/gu;

/** Returns the reason as one line without paths, cut to the length that a message may have. */
export function reasonToTell(reason: string): string {
  const withoutPaths = [QUOTED_PATH, ABSOLUTE_PATH, RELATIVE_PATH].reduce(
    (text, path) => text.replace(path, PATH),
    reason,
  );
  return shortened(printable(withoutPaths).trim());
}
