import type { PolicyDocument } from '../../../../shared/api/policy.ts';

/** The topics by which the settings group the policy, in this order. */
export const policyTopics = [
  'cases',
  'verification',
  'resets',
  'passwords',
  'fourEyes',
  'operators',
  'users',
  'accounts',
  'requiredResets',
  'notifications',
] as const;
export type PolicyTopic = (typeof policyTopics)[number];

/** The topic of each section. A section without a topic does not compile. */
const topicOf: Readonly<Record<keyof PolicyDocument, PolicyTopic>> = {
  caseFields: 'cases',
  case: 'cases',
  code: 'verification',
  callBack: 'verification',
  managersWord: 'verification',
  failedChecks: 'verification',
  contactCoolDown: 'verification',
  checksOff: 'verification',
  weakChecks: 'verification',
  points: 'verification',
  bars: 'verification',
  unlockBars: 'verification',
  factors: 'verification',
  temporaryPassword: 'resets',
  resetLink: 'resets',
  grant: 'resets',
  passwords: 'passwords',
  approvals: 'fourEyes',
  toxicCombination: 'fourEyes',
  alert: 'fourEyes',
  protectedChanges: 'fourEyes',
  operatorSession: 'operators',
  signIn: 'users',
  selfService: 'users',
  ownContact: 'users',
  accounts: 'accounts',
  requiredReset: 'requiredResets',
  phrase: 'notifications',
  notifications: 'notifications',
  deskContact: 'notifications',
};

export const sectionsOf = (topic: PolicyTopic): readonly (keyof PolicyDocument)[] =>
  (Object.keys(topicOf) as (keyof PolicyDocument)[]).filter((section) => topicOf[section] === topic);
