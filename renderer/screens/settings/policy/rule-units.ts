const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** The unit in which a rule is shown, in seconds, if it is not seconds. The rule's label names it. */
const units: Readonly<Record<string, number>> = {
  'case.idle': minute,
  'code.validFor': minute,
  'callBack.validFor': minute,
  'managersWord.validFor': minute,
  'grant.validFor': minute,
  'temporaryPassword.validFor': minute,
  'temporaryPassword.accessPassFor': minute,
  'approvals.validFor': minute,
  'phrase.validFor': minute,
  'operatorSession.idleLock': minute,
  'operatorSession.reauthenticateAfter': minute,
  'operatorSession.lockAtMost': minute,
  'signIn.lockFor': minute,
  'operatorSession.overall': hour,
  'toxicCombination.within': hour,
  'alert.validFor': hour,
  'alert.most': hour,
  'resetLink.validFor': hour,
  'failedChecks.within': hour,
  'protectedChanges.validFor': hour,
  contactCoolDown: day,
};

/** How many of the document's units are in one shown unit. */
export const unitOf = (path: string): number => units[path] ?? 1;

/** Converts a number of the document to the shown unit. */
export const shownAmount = (path: string, value: number): number =>
  Math.round((value / unitOf(path)) * 100) / 100;
