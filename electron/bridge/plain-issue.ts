import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** Whether zod wrote the message itself, in words for developers. A schema's own message is a sentence for the operator. */
const isForDevelopers = ({ message }: Issue): boolean =>
  /^(?:Invalid|Too small|Too big|Unrecognized)\b/.test(message);

/** What is wrong with a field in words for the operator. The field's value is never repeated, since it may be a secret. */
export function plainIssue(issue: Issue): string {
  if (!isForDevelopers(issue)) return issue.message;
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `The smallest value is ${issue.minimum}.`
        : issue.minimum === 1
          ? 'Fill in this field.'
          : `At least ${issue.minimum} are needed.`;
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `The largest value is ${issue.maximum}.`
        : `At most ${issue.maximum} are possible.`;
    case 'invalid_type':
      return 'Fill in this field.';
    default:
      return 'Correct this field.';
  }
}
