import { maskPhone } from '../../../text/mask.ts';
import { unlimited, type Check } from '../../decision/check.ts';
import { contactCheckObstacle } from '../../decision/check-obstacle.ts';

/** The operator hangs up and calls the number on file. */
export function createCallBack(): Check<'call-back'> {
  return {
    kind: 'call-back',
    limits: unlimited,
    async offer({
      account: { phone, phone_digits: phoneDigits, phone_changed_at: changedAt },
      document,
      at,
    }) {
      return {
        obstacle: contactCheckObstacle('no-phone', phone, changedAt, {
          coolDown: document.contactCoolDown,
          at,
        }),
        destination: maskPhone(phone),
        person: null,
        digits: null,
        boundTo: phoneDigits,
      };
    },
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
