import { unlimited, type Check } from '../../decision/check.ts';
import { offerByPhone } from '../offer-by-phone.ts';

/** The operator hangs up and calls the number on file. */
export function createCallBack(): Check<'call-back'> {
  return {
    kind: 'call-back',
    limits: unlimited,
    offer: async (subject) => offerByPhone(subject, null),
    async start({ account, document }) {
      return {
        secretHash: null,
        messageId: null,
        tries: null,
        validFor: document.callBack.validFor,
        callNumber: account.phone,
        deliver: null,
      };
    },
    // The operator has already called: another start would give another 15 minutes and void the call.
    numberAgain: ({ account }) => account.phone,
    async answer({ outcome, note }) {
      const facts = { how: outcome, note };
      if (outcome === 'confirmed') return { outcome: 'passed', note, facts };
      // If the owner does not answer, that says nothing about the caller. If the owner knows of no call, the caller is not the owner.
      return { outcome: outcome === 'denied' ? 'failed' : 'unreached', note, facts };
    },
  };
}
