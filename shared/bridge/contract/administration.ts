import { endpoints } from '../../api/endpoints.ts';
import { apiCall, call, nothing } from './call.ts';

/** The audit log and where it is sent. */
export const audit = {
  events: apiCall(endpoints.listAudit),
  chain: apiCall(endpoints.getChain),
  check: apiCall(endpoints.checkChain),
  streams: apiCall(endpoints.getAuditStreams),
  changeSyslog: apiCall(endpoints.changeSyslogStream),
  changeWebhook: apiCall(endpoints.changeWebhookStream),
  testStream: apiCall(endpoints.testAuditStream),
};

/** New passwords that are required of many. */
export const requiredResets = {
  list: apiCall(endpoints.listRequiredResets),
  get: apiCall(endpoints.getRequiredReset),
  accounts: apiCall(endpoints.listRequiredResetAccounts),
  choices: apiCall(endpoints.getRequiredResetChoices),
  preview: apiCall(endpoints.previewRequiredReset),
  previewMail: apiCall(endpoints.previewRequiredResetMail),
  start: apiCall(endpoints.startRequiredReset),
  stop: apiCall(endpoints.stopRequiredReset),
  tellAgain: apiCall(endpoints.tellRequiredResetAgain),
};

/** Mails and texts that were kept instead of sent. */
export const outbox = {
  list: apiCall(endpoints.listOutbox),
  get: apiCall(endpoints.getOutboxMail),
  listTexts: apiCall(endpoints.listOutboxTexts),
  getText: apiCall(endpoints.getOutboxText),
  showFolder: call(nothing, nothing),
};

/** How mails and texts leave, what they say, and the policy. */
export const settings = {
  mail: apiCall(endpoints.getMailSettings),
  changeMail: apiCall(endpoints.changeMailSettings),
  testMail: apiCall(endpoints.sendTestMail),
  policy: apiCall(endpoints.getPolicy),
  changePolicy: apiCall(endpoints.changePolicy),
  dryRunPolicy: apiCall(endpoints.dryRunPolicy),
  policyVersions: apiCall(endpoints.listPolicyVersions),
  texts: apiCall(endpoints.getTextSettings),
  changeTexts: apiCall(endpoints.changeTextSettings),
  testText: apiCall(endpoints.sendTestText),
  templates: apiCall(endpoints.listTemplates),
  changeTemplate: apiCall(endpoints.changeTemplate),
  previewTemplate: apiCall(endpoints.previewTemplate),
  testTemplate: apiCall(endpoints.testTemplate),
};
