const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** In what a rule is read and written, where that is not what the document counts in (seconds). The label names the unit. */
const units: Readonly<Record<string, number>> = {
  'case.idle': minute,
  'code.validFor': minute,
  'callBack.validFor': minute,
  'managersWord.validFor': minute,
  'grant.validFor': minute,
  'temporaryPassword.validFor': minute,
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
  contactCoolDown: day,
};

/** How many of the document's units one shown unit is. */
export const unitOf = (path: string): number => units[path] ?? 1;

/** A number of the document as it is shown. */
export const shownAmount = (path: string, value: number): number =>
  Math.round((value / unitOf(path)) * 100) / 100;
