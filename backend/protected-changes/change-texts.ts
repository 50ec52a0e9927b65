import type { ChangedField, ProtectedAct } from '../../shared/api/protected-change-view.ts';

type ActText = (subject: string) => string;

/** The subject of a change, for mails. The console has its own texts. */
const actTexts: Readonly<Record<ProtectedAct, ActText>> = {
  changePolicy: () => 'the policy',
  changeMailSettings: () => 'the mail server',
  changeTemplate: (template) => `the email template “${template}”`,
  changeTextSettings: () => 'the text message gateway',
  changeTrust: () => 'the certificates for outgoing connections',
  changeProvider: () => 'the identity provider',
  unlinkOtherIssuers: () => 'the operators who are linked to another identity provider',
  changeSyslogStream: () => 'the audit log’s stream to syslog',
  changeWebhookStream: () => 'the audit log’s stream to a webhook',
  inviteOperator: (name) => `the invitation of ${name} as an operator`,
  inviteOperators: (count) => `the invitation of ${count} operators`,
  changeOperator: (name) => `the operator ${name}`,
  setOperatorState: (name) => `the state of the operator ${name}`,
  unlinkOperator: (name) => `the link of the operator ${name} to the identity provider`,
  changeDirectorySignIn: () => 'operators’ sign-in with a directory',
  linkOperatorToDirectory: (name) => `the sign-in of the operator ${name} with the directory`,
  unlinkOperatorFromDirectory: (name) => `the link of the operator ${name} to the directory`,
  resetSecondFactor: (name) => `the two-factor authentication of the operator ${name}`,
  decideHeldRow: (name) => `the decision about the held row of ${name}`,
  announceKnownChange: (change) => `the announced change ${change}`,
  confirmImport: (file) => `the import of “${file}”`,
  addDirectory: (name) => `the directory ${name}`,
  changeDirectory: (name) => `the directory ${name}`,
  removeDirectory: (name) => `the removal of the directory ${name}`,
  allowClosures: (name) => `many closures of accounts that the directory ${name} no longer has`,
  allowDirectoryChanges: (name) => `changes of many accounts by the directory ${name}`,
  addSourceToken: (name) => `a token of the account source ${name}`,
  changeSourceFeed: (name) => `the files of the account source ${name}`,
  allowSourceChanges: (name) => `many changes by the account source ${name}`,
  stopRequiredReset: (reason) => `the required reset “${reason}”`,
};

/** `operatorSession.idleLock` as "operator session, idle lock". */
const readable = (name: string): string =>
  name
    .split('.')
    .map((part) => part.replaceAll('-', ' ').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))
    .join(', ');

/** The maximum number of fields that a mail names. */
const maxNamed = 12;

/** The changed fields without their values: "the policy (bars, standard; approvals, tiers)". */
export function changeText(
  act: ProtectedAct,
  subject: string | null,
  fields: readonly Pick<ChangedField, 'name'>[],
): string {
  const named = fields.slice(0, maxNamed).map(({ name }) => readable(name));
  const more = fields.length - named.length;
  const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join('; ');
  return `${actTexts[act](subject ?? '')} (${list})`;
}
