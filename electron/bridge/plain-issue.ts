import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** Whether zod wrote the message itself, in words for developers. A schema's own message is a sentence for the operator. */
const isForDevelopers = ({ message }: Issue): boolean =>
  /^(?:Invalid|Too small|Too big|Unrecognized)\b/.test(message);

const correct = 'Correct this field.';

/** A limit of a number, of the characters of a text or of the entries of a list, as a sentence. */
function limitSentence(origin: string, limit: number | bigint, bound: 'least' | 'most'): string {
  const isOne = limit === 1 || limit === 1n;
  switch (origin) {
    case 'number':
    case 'int':
    case 'bigint':
      return `The ${bound === 'least' ? 'smallest' : 'largest'} value is ${limit}.`;
    case 'string':
      return `Enter at ${bound} ${limit} ${isOne ? 'character' : 'characters'}.`;
    case 'array':
    case 'set':
      return `Enter at ${bound} ${limit} ${isOne ? 'entry' : 'entries'}.`;
    default:
      return correct;
  }
}

/** What is wrong with a field in words for the operator. The field's value is never repeated, since it may be a secret. */
export function plainIssue(issue: Issue): string {
  if (!isForDevelopers(issue)) return issue.message;
  switch (issue.code) {
    case 'too_small':
      return issue.minimum === 1 && (issue.origin === 'string' || issue.origin === 'array')
        ? 'Fill in this field.'
        : limitSentence(issue.origin, issue.minimum, 'least');
    case 'too_big':
      return limitSentence(issue.origin, issue.maximum, 'most');
    case 'invalid_type':
      return 'Fill in this field.';
    default:
      return correct;
  }
}
