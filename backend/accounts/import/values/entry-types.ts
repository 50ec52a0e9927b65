import { squash, squashedWords } from '../../../text/squash.ts';

/** Kinds of entries that are no people, as directories and mail systems write them, squashed. */
const others = new Set(
  squashedWords(`
    group groups groupofnames groupofuniquenames posixgroup securitygroup distributiongroup distributionlist dynamicdistributiongroup unifiedgroup
    maildistributiongroup maildisabledgroup mailenabledgroup mailenabledsecuritygroup mailuniversaldistributiongroup mailuniversalsecuritygroup
    groupmailbox teammailbox sitemailbox
    computer computers device server workstation domaincontroller trust trustaccount interdomaintrust machine machineaccount
    container organizationalunit domain domaindns builtindomain foreignsecurityprincipal printqueue printer volume
    msdsmanagedserviceaccount msdsgroupmanagedserviceaccount managedserviceaccount serviceaccount serviceprincipal systemaccount
    contact contacts mailcontact orgcontact
    room rooms roommailbox roomlist equipment equipmentmailbox resource resourcemailbox workspacemailbox workspace
    shared sharedmailbox sharedaccount publicfolder publicfoldermailbox discoverymailbox arbitrationmailbox monitoringmailbox auditlogmailbox
    systemattendantmailbox systemmailbox schedulingmailbox functional functionalmailbox funktionspostfach gemeinsamespostfach
    bot workflowbot appuser application app robot
    gruppe verteilergruppe verteiler sicherheitsgruppe rechner gerat raum raumpostfach geratepostfach kontakt dienstkonto systemkonto
    groupe listededistribution ordinateur salle contactexterne comptedeservice
    grupo listadedistribucion equipo ordenador sala contacto cuentadeservicio`),
);

/** `sAMAccountType` of groups, computers and trusts; users have 805306368. */
const otherAccountTypes = new Set([
  '268435456',
  '268435457',
  '536870912',
  '536870913',
  '805306369',
  '805306370',
]);
/** Types of users in SAP that belong to programs and not to people: B (system), C (communication), S (service), L (reference). */
const sapType =
  /^[BCSL](?:\s*[-–:(]?\s*(?:system|communication|service|reference|kommunikation|referenz)\)?)?$/iu;

/**
 * Whether a cell says that a row is about something other than a person: a group, a computer, a room. All values of a list count (`top;person;user;computer`); an
 * unknown word does not.
 */
export function isOtherThanPerson(text: string): boolean {
  if (text === '' || text.length > 500) return false;
  const value = text.trim();
  if (otherAccountTypes.has(value) || sapType.test(value)) return true;
  // `objectCategory` is a distinguished name: CN=Group,CN=Schema,…
  const [, category = value] = /^CN=([^,]+),CN=Schema,/iu.exec(value) ?? [];
  if (others.has(squash(category))) return true;
  // Consoles write the scope of a group behind its type: "Security Group - Global".
  if (others.has(squash(value.split(/\s[-–]\s/u, 1)[0] ?? ''))) return true;
  // "External contact" may be a person. A list of classes that blanks separate begins or ends with `top`.
  const isList = /^top\s|\stop$/iu.test(category);
  return category.split(isList ? /[,;|\s]+/u : /[,;|]+/u).some((word) => others.has(squash(word)));
}
