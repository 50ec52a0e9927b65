/** The backend's deepest answer, a policy with its history, has about ten levels. */
const maxDepth = 100;

/**
 * Whether JSON has more levels than any answer of the backend. Parsing a body of 8 MB that consists of brackets takes 200 MB and some
 * seconds, so the depth is counted first.
 */
export function isDeeplyNested(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (isInString) {
      if (character === 0x5c) at += 1;
      else if (character === 0x22) isInString = false;
    } else if (character === 0x22) isInString = true;
    else if (character === 0x5b || character === 0x7b) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (character === 0x5d || character === 0x7d) depth -= 1;
  }
  return false;
}
