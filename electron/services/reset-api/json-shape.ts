/** The backend's deepest answer, a policy with its history, has about ten levels; its largest object has about a hundred members. */
const maxDepth = 100;
const maxMembers = 10_000;

const [quote, comma, backslash] = [0x22, 0x2c, 0x5c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Whether JSON has more levels, or more members in one object, than any answer of the backend. Parsing a body of 8 MB that consists of brackets
 * takes 200 MB of memory, and one of different names takes seconds, so both are counted first.
 */
export function hasUnlikelyShape(text: string): boolean {
  /** The commas of each open object; -1 for an array. */
  const open: number[] = [];
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (isInString) {
      if (character === backslash) at += 1;
      else if (character === quote) isInString = false;
    } else if (character === quote) isInString = true;
    else if (character === openBracket || character === openBrace) {
      if (open.push(character === openBrace ? 0 : -1) > maxDepth) return true;
    } else if (character === closeBracket || character === closeBrace) open.pop();
    else if (character === comma) {
      const commas = open.at(-1) ?? -1;
      if (commas >= maxMembers - 1) return true;
      if (commas >= 0) open[open.length - 1] = commas + 1;
    }
  }
  return false;
}
