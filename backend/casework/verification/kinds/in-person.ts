import { unlimited, type Check } from '../../decision/check.ts';

/** The operator sees the caller and a badge, at the desk or on live video, and records what was shown. */
export function createInPerson(): Check<'in-person'> {
  return {
    kind: 'in-person',
    limits: unlimited,
    async offer({ account }) {
      return { obstacle: null, destination: null, person: null, digits: null, boundTo: account.id };
    },
    async start({ document }) {
      const { validFor } = document.callBack;
      return { secretHash: null, messageId: null, tries: null, validFor, callNumber: null, deliver: null };
    },
    async answer({ outcome, where, badge, lastCharacters, note }) {
      const facts = { how: outcome, where, badge, lastCharacters, note };
      const seen = `${where}: ${badge} ending in ${lastCharacters}. ${note}`;
      return { outcome: outcome === 'recognised' ? 'passed' : 'failed', note: seen, facts };
    },
  };
}
