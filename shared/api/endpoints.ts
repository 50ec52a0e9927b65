import { getAccount, getTimeline, searchAccounts, unmaskContact } from './account.ts';
import { endAlert, getAlert, raiseAlert, secondAlert } from './alert.ts';
import { getAbout } from './about.ts';
import {
  changeCase,
  closeCase,
  getCase,
  listCases,
  mintGrant,
  openCase,
  refuseCase,
  sendPhrase,
} from './case.ts';
import { answerCheck, startCheck } from './check-calls.ts';
import { askApproval, decideApproval, getApproval, listApprovals } from './approval.ts';
import { clearFlag, listFlags } from './flag.ts';
import { changeSyslogStream, changeWebhookStream, getAuditStreams, testAuditStream } from './audit-stream.ts';
import { checkChain, exportAudit, getChain, listAudit } from './audit.ts';
import { getDesk } from './desk.ts';
import { askCaller, beginDrill, endCall, getDrill, leaveDrill, listDrills, takeCall } from './drill.ts';
import type { Endpoint } from './endpoint.ts';
import { getEvidencePack } from './evidence-pack.ts';
import {
  cancelImport,
  createImport,
  getImport,
  importSamples,
  listImportRefusals,
  previewImport,
  uploadImport,
} from './import.ts';
import { liftFreeze, listFrozen } from './freeze.ts';
import { followLive } from './live.ts';
import { changeMailSettings, getMailSettings, getOutboxMail, listOutbox, sendTestMail } from './mail.ts';
import { changeTemplate, listTemplates, previewTemplate, testTemplate } from './mail-template.ts';
import { checkNewPassword } from './password-check.ts';
import {
  changeOperator,
  endOperatorSessions,
  inviteOperator,
  listOperators,
  listOperatorSessions,
  resetSecondFactor,
  revokeOperatorLink,
  sendOperatorLink,
  setOperatorState,
  unlockOperator,
} from './operators.ts';
import {
  changeOwnPassword,
  confirmSecondFactor,
  endOwnSessions,
  getSelf,
  listOwnSessions,
  offerSecondFactor,
  renewRecoveryCodes,
} from './own-account.ts';
import { changePolicy, getPolicy } from './policy.ts';
import { dryRunPolicy, listPolicyVersions } from './policy-trial.ts';
import { changeTextSettings, getOutboxText, getTextSettings, listOutboxTexts, sendTestText } from './text.ts';
import {
  changeProvider,
  finishProviderSignIn,
  getProvider,
  startProviderSignIn,
  testProvider,
} from './provider.ts';
import { answerSecondFactor, confirmEnrolment, offerEnrolment } from './second-factor.ts';
import { getDeliveryChoices, handOver, recordReveal, resendResetLink, reset, revokeReset } from './reset.ts';
import { getSession, reauthenticate, refreshSession, setUp, signIn, signOut } from './session.ts';

/** The whole Reset API. The backend serves exactly these and `/openapi.json` describes exactly these. */
export const endpoints = {
  getAbout,
  setUp,
  signIn,
  refreshSession,
  reauthenticate,
  getSession,
  signOut,
  answerSecondFactor,
  offerEnrolment,
  confirmEnrolment,
  startProviderSignIn,
  finishProviderSignIn,
  getProvider,
  changeProvider,
  testProvider,
  getSelf,
  changeOwnPassword,
  offerSecondFactor,
  confirmSecondFactor,
  renewRecoveryCodes,
  listOwnSessions,
  endOwnSessions,
  listOperators,
  inviteOperator,
  sendOperatorLink,
  revokeOperatorLink,
  changeOperator,
  setOperatorState,
  unlockOperator,
  resetSecondFactor,
  listOperatorSessions,
  endOperatorSessions,
  searchAccounts,
  getAccount,
  unmaskContact,
  getTimeline,
  previewImport,
  createImport,
  uploadImport,
  getImport,
  cancelImport,
  listImportRefusals,
  importSamples,
  openCase,
  getCase,
  listCases,
  changeCase,
  refuseCase,
  closeCase,
  startCheck,
  answerCheck,
  mintGrant,
  sendPhrase,
  askApproval,
  listApprovals,
  getApproval,
  decideApproval,
  listFlags,
  clearFlag,
  getAlert,
  raiseAlert,
  secondAlert,
  endAlert,
  reset,
  recordReveal,
  getDeliveryChoices,
  handOver,
  resendResetLink,
  revokeReset,
  getDesk,
  followLive,
  listFrozen,
  liftFreeze,
  listOutbox,
  getOutboxMail,
  listOutboxTexts,
  getOutboxText,
  getTextSettings,
  changeTextSettings,
  sendTestText,
  getMailSettings,
  changeMailSettings,
  sendTestMail,
  listTemplates,
  changeTemplate,
  previewTemplate,
  testTemplate,
  getPolicy,
  changePolicy,
  dryRunPolicy,
  listPolicyVersions,
  checkNewPassword,
  listAudit,
  exportAudit,
  getChain,
  checkChain,
  getAuditStreams,
  changeSyslogStream,
  changeWebhookStream,
  testAuditStream,
  getEvidencePack,
  beginDrill,
  listDrills,
  getDrill,
  takeCall,
  askCaller,
  endCall,
  leaveDrill,
} as const satisfies Record<string, Endpoint>;
