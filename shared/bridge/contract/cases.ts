import { endpoints } from '../../api/endpoints.ts';
import { apiCall } from './call.ts';

/** Finding an account. A drill has a double of it. */
export const accounts = {
  search: apiCall(endpoints.searchAccounts),
  get: apiCall(endpoints.getAccount),
  unmask: apiCall(endpoints.unmaskContact),
  timeline: apiCall(endpoints.getTimeline),
};

/** A case and its checks. A drill has a double of it. */
export const cases = {
  open: apiCall(endpoints.openCase),
  get: apiCall(endpoints.getCase),
  list: apiCall(endpoints.listCases),
  change: apiCall(endpoints.changeCase),
  refuse: apiCall(endpoints.refuseCase),
  close: apiCall(endpoints.closeCase),
  startCheck: apiCall(endpoints.startCheck),
  answerCheck: apiCall(endpoints.answerCheck),
  mintGrant: apiCall(endpoints.mintGrant),
  deliveryChoices: apiCall(endpoints.getDeliveryChoices),
  sendPhrase: apiCall(endpoints.sendPhrase),
};

/** The start page. */
export const desk = { get: apiCall(endpoints.getDesk) };

/** Approvals, flags and the alert. */
export const fourEyes = {
  ask: apiCall(endpoints.askApproval),
  list: apiCall(endpoints.listApprovals),
  get: apiCall(endpoints.getApproval),
  decide: apiCall(endpoints.decideApproval),
  flags: apiCall(endpoints.listFlags),
  clearFlag: apiCall(endpoints.clearFlag),
  alert: apiCall(endpoints.getAlert),
  raise: apiCall(endpoints.raiseAlert),
  second: apiCall(endpoints.secondAlert),
  end: apiCall(endpoints.endAlert),
};

/** Changes of contact data or second factor that wait for four eyes. */
export const heldChanges = {
  list: apiCall(endpoints.listHeldChanges),
  get: apiCall(endpoints.getHeldChange),
  decide: apiCall(endpoints.decideHeldChange),
};

/** Accounts that their owners froze. */
export const frozen = { list: apiCall(endpoints.listFrozen), lift: apiCall(endpoints.liftFreeze) };
