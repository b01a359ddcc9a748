/** Text from the other side, as it may be printed. */

/** Letters that would move the cursor or colour the terminal of whoever prints them. */
const CONTROL_CHARACTERS = /[^\P{Cc}\n]/gu;

/** The text with blanks in place of control characters; line breaks stay. */
export function printable(text: string): string {
  return text.replace(CONTROL_CHARACTERS, ' ');
}
