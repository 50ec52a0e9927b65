import { maskPhone } from '../../text/mask.ts';
import { contactCheckObstacle } from '../decision/check-obstacle.ts';
import type { CheckOffer, CheckSubject } from '../decision/check.ts';

/** The offer of a check by the number on file. `digits`: the length of its code; null without one. */
export const offerByPhone = ({ account, document, at }: CheckSubject, digits: number | null): CheckOffer => ({
  obstacle: contactCheckObstacle('no-phone', account.phone, account.phone_changed_at, {
    coolDown: document.contactCoolDown,
    at,
  }),
  destination: maskPhone(account.phone),
  person: null,
  digits,
  boundTo: account.phone_digits,
});
