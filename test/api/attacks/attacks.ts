import { approvers } from './approvers.ts';
import type { Attack } from './attack.ts';
import { circumstances } from './circumstances.ts';
import { contactData } from './contact-data.ts';
import { delivery } from './delivery.ts';
import { evidence } from './evidence.ts';
import { fourEyes } from './four-eyes.ts';
import { freezes } from './freezes.ts';
import { grants } from './grants.ts';
import { sessions } from './sessions.ts';

/** The table of attacks. The name of each group says what is wrong with its attempts. */
export const attacks: Readonly<Record<string, readonly Attack[]>> = {
  'without the evidence': evidence,
  'with contact data that has changed': contactData,
  'with a grant that is not for this': grants,
  'without a session that may': sessions,
  'when the circumstances are not right': circumstances,
  'when the password would go another way': delivery,
  'after the owner said that it was not them': freezes,
  'without a second pair of eyes': fourEyes,
  'with an approval by an operator who may not approve': approvers,
};
