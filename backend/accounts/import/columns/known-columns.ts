import type { ImportField } from '../../../../shared/api/import-file.ts';
import { squashedWords } from '../../../text/squash.ts';
import type { StatusKind } from '../values/status.ts';
import { namesOfColumn } from './column-name.ts';
import { fieldNamesInMoreLanguages, statusNamesInMoreLanguages } from './names-in-more-languages.ts';

/**
 * Names of columns in exports of directories (Active Directory, Entra ID, Microsoft 365, Google Workspace, Okta, Jamf, LDAP) and of personnel systems
 * (Workday, SAP, Personio, BambooHR and others), squashed, in English, German, French, Spanish, Dutch, Italian, Portuguese and Japanese. Within a
 * field, the most specific name comes first.
 */
const fieldNames: Readonly<Record<Exclude<ImportField, 'status'>, readonly string[]>> = {
  userName: squashedWords(`
    samaccountname username userlogin login loginname loginid logonname userlogonname logon netid networkid ntlogin uid userid userprincipalname upn
    userprincipalnameupn accountname account userlogonnameprewindows2000 prewindows2000logonname primaryemail adusername aduser domainuser user
    onpremisessamaccountname alias mailnickname benutzerprinzipalname windowsanmeldename
    benutzername benutzer anmeldename benutzeranmeldename loginname kennung benutzerkennung benutzerid nutzername kontoname kurzel windowsbenutzer
    nomdutilisateur utilisateur identifiant identifiantutilisateur nomdeconnexion nomducompte login
    nombredeusuario usuario nombreusuario iniciodesesion nombredeiniciodesesion cuenta
    gebruikersnaam gebruiker aanmeldnaam inlognaam accountnaam
    nomeutente utente nomeaccount
    nomedeusuario nomedousuario nomedeutilizador utilizador nomeusuario
    ユーザー名 ユーザ名 ログイン ログイン名 ログインid ユーザーid アカウント アカウント名 サインイン名`),
  displayName: squashedWords(`
    displayname fullname name namefullname legalname preferredfullname preferreddisplayname employeename workername realname personname membername cn
    commonname namefull formattedname nameformatted nameoruser completename
    anzeigename vollername vollstandigername namevorname vornamenachname nachnamevorname mitarbeitername mitarbeiter personenname
    nomcomplet nomaffiche nomdaffichage nometprenom prenometnom nomprenom
    nombrecompleto nombreparamostrar nombremostrado nombreyapellidos apellidosynombre
    weergavenaam volledigenaam naam
    nomecompleto nomevisualizzato nomedavisualizzare nominativo
    nomedeexibicao nomeaexibir nomecompleto
    表示名 氏名 名前 フルネーム`),
  givenName: squashedWords(`
    givenname firstname namegivenname forename first fname preferredfirstname namefirst legalfirstname preferredname
    vorname rufname
    prenom
    nombre nombres nombredepila
    voornaam roepnaam
    nomeproprio primeironome
    名 名前名`),
  familyName: squashedWords(`
    familyname lastname surname namefamilyname sn last lname namelast legallastname secondname
    nachname familienname zuname
    nomdefamille nom
    apellidos apellido primerapellido
    achternaam familienaam
    cognome
    sobrenome apelido ultimonome
    姓 名字`),
  email: squashedWords(`
    mail email emailaddress mailaddress primaryemail primaryemailaddress primarysmtpaddress smtpaddress primarysmtp windowsemailaddress workemail
    workemailaddress businessemail emailwork officeemail companyemail corporateemail useremail internetaddress emailprimarywork emailid emails
    contactemail emailprimary proxyaddresses
    emailadresse mailadresse dienstlicheemail emaildienstlich emailgeschaftlich geschaftlicheemail emailgeschaeftlich epost epostadresse
    courriel adressemail adressecourriel adresseemail adresseelectronique mel emailprofessionnel adressedemessagerie messagerie
    correo correoelectronico direcciondecorreo direcciondecorreoelectronico emaillaboral correocorporativo
    emailadres epostadres mailadres
    indirizzoemail postaelettronica indirizzodipostaelettronica indirizzomail
    correioeletronico enderecodeemail endereco_de_email
    メールアドレス メール 電子メール eメール`),
  phone: squashedWords(`
    mobile mobilephone mobilenumber mobilephonenumber mobileno cell cellphone cellphonenumber cellular workmobile businessmobile companymobile
    phonemobile primarymobile recoveryphone smsnumber
    handy handynummer mobil mobiltelefon mobilnummer mobiltelefonnummer diensthandy mobiltelefondienstlich
    portable telephoneportable telephonemobile telportable numerodeportable
    movil telefonomovil celular numerodecelular
    mobiel mobielnummer gsm cellulare telefonocellulare telemovel celular
    telephonenumber phone phonenumber telephone phoneno telephoneno workphone workphonenumber workphonenumbers businessphone businessphones businesstelephone telephonework
    officephone officetelephone officenumber primaryphone phonework directdial directphone deskphone phonenumbers phones0value tel phonebusiness
    telefon telefonnummer rufnummer durchwahl telefongeschaftlich telefondienstlich festnetz dienstnummer telefonnr dienstlichestelefon
    numerodetelephone tel telephoneprofessionnel telephonebureau telephonefixe telfixe
    telefono numerodetelefono telefonotrabajo telefonooficina telefonofijo
    telefoonnummer telefoon werktelefoon
    numeroditelefono telefonoufficio telefone numerodetelefone telefonetrabalho
    ipphone homephone homephonenumber hometelephone phonehome privatephone othertelephone othermobile othermobilephone alternatephone
    telefonprivat privattelefon telephonedomicile telefonoparticular telefonocasa
    電話番号 電話 携帯電話 携帯 携帯番号 携帯電話番号`),
  employeeNumber: squashedWords(`
    employeenumber employeeid employeeno employeecode empid empno emplid emplno personnelnumber personnelno personnelid staffnumber staffid staffno
    workerid workernumber personid personnumber associateid badgenumber payrollnumber payrollid pernr employee
    personalnummer personalnr persnr persnummer mitarbeiternummer mitarbeiterid mitarbeiternr manr
    matricule numeroemploye numerodemploye numeromatricule numerodesalarie
    numerodeempleado idempleado numeroempleado legajo codigodeempleado
    personeelsnummer medewerkernummer matricola numeromatricola numerodefuncionario matricula
    社員番号 従業員番号 職員番号`),
  department: squashedWords(`
    department departmentname dept deptname division orgunit organizationalunit organisationunit businessunit costcentername costcenter team section
    supervisoryorganization orgunitpath unit
    abteilung abteilungbereich bereich organisationseinheit orgeinheit fachbereich referat kostenstelle
    service departement direction servicedepartement
    departamento area seccion
    afdeling reparto dipartimento ufficio departamento setor
    部署 部門 所属`),
  manager: squashedWords(`
    manager managername manageremail managersemail managerupn manageruserprincipalname managerdisplayname managerid managerdn supervisor supervisorname
    supervisoremail reportsto linemanager reportingmanager managerusername directmanager
    vorgesetzter vorgesetzte vorgesetzterin direktervorgesetzter fuhrungskraft teamleiter
    responsable responsablehierarchique superieur superieurhierarchique managerdirect
    jefe supervisora jefedirecto
    leidinggevende manager responsabile superiore gestor gerente
    上司 マネージャー 上長`),
  tier: squashedWords(
    'tier protection protectionlevel securitytier schutzstufe stufe niveaudeprotection nivel',
  ),
  expiresAt: squashedWords(`
    expiresat expires expiry expirydate expirationdate expiration accountexpires accountexpirationdate accountexpiration accountexpiry accountexpirydate
    validuntil validto validthrough enddate contractenddate employmentenddate terminationdate lastday contractend exitdate dateleft termination lastdayofwork lastworkingday leavedate leavingdate
    employeeleavedatetime employeeleavedate separationdate hrenddate deactivationdate
    ablauf ablaufdatum gultigbis kontoablaufdatum kontolauftab austritt austrittsdatum austrittam vertragsende befristetbis letzterarbeitstag enddatum
    datedexpiration dateexpiration expirele datedefin datedefincontrat datedesortie datededepart datedepart valablejusquau findecontrat
    fechadevencimiento fechadecaducidad caducidad vence fechafin fechadebaja findecontrato validohasta
    verloopdatum einddatum uitdienstdatum geldigtot scadenza datadiscadenza datafine datadetermino datadeexpiracao validoate
    有効期限 退職日 契約終了日`),
  id: squashedWords(`
    objectguid guid objectid id entraid azureadobjectid userid uniqueid uniqueidentifier accountid externalid immutableid sourceanchor nsuniqueid entryuuid
    personuuid uuid oid externaldirectoryobjectid`),
  localPassword: squashedWords('localpassword haslocalpassword lokalespasswort lokaleskennwort'),
};

const statusNames: Readonly<Record<StatusKind, readonly string[]>> = {
  state: squashedWords(`
    accountenabled enabled isenabled userenabled accountstatus userstatus loginstatus signinstatus status active isactive activestatus currentlyactive accountactive
    useractive activeuser employeestatus employmentstatus workerstatus lifecyclestatus lifecyclestate lifecycle accountstate userstate state inuse
    signinallowed loginallowed canlogin loginenabled personstatus recordstatus employeestate
    kontostatus benutzerstatus zustand aktiv aktiviert kontoaktiviert kontoaktiv istaktiv mitarbeiterstatus freigegeben beschaftigungsstatus
    statut statutducompte etat etatducompte actif active compteactif compteactive statutemploye
    estado estadodelacuenta estadodecuenta activo activa habilitado cuentahabilitada
    actief accountingeschakeld ingeschakeld stato attivo abilitato statoaccount situacao ativo estadodaconta
    状態 ステータス 有効 在籍状況 アカウント状態`),
  blocked: squashedWords(`
    accountdisabled disabled isdisabled userdisabled accountisdisabled blocksignin blockcredential signinblocked blocked isblocked userblocked suspended
    issuspended inactive isinactive archived isarchived deleted isdeleted softdeleted terminated isterminated deactivated isdeactivated accountinactive
    deprovisioned revoked msdsuseraccountdisabled signindisabled logindisabled loginblocked accountblocked accountsuspended left hasleft leaver nsaccountlock
    deaktiviert kontodeaktiviert inaktiv geloscht archiviert stillgelegt ausgeschieden anmeldungblockiert anmeldungblockieren blockiert istdeaktiviert
    desactive comptedesactive inactif bloque suspendu supprime archive connexionbloquee
    deshabilitado cuentadeshabilitada desactivado bloqueado suspendido inactivo eliminado
    uitgeschakeld geblokkeerd inactief disabilitato disattivato bloccato sospeso desativado desabilitado bloqueada suspenso inativo
    無効 停止 削除済み`),
  locked: squashedWords(`
    accountlocked locked islocked lockedout islockedout accountlockedout accountlockout lockout userlocked accountislockedout accountislocked
    gesperrt kontogesperrt istgesperrt gesperrtekonten
    verrouille compteverrouille cuentabloqueada vergrendeld
    ロック`),
  expired: squashedWords('accountexpired isexpired expired passwordneverset abgelaufen kontoabgelaufen'),
  bits: squashedWords('useraccountcontrol uac msdsuseraccountcontrolcomputed'),
  'lockout-time': squashedWords('lockouttime accountlockouttime pwdaccountlockedtime lockedsince lockedat'),
  'blocked-since': squashedWords(`
    deleteddatetime deletedat deletedon deletiondate deletiontime softdeletiontimestamp softdeleteddatetime deactivatedat deactivatedon disabledat
    disabledon disableddate suspendedat suspendedon archivedat archivedon whendeleted`),
};

const fields = Object.keys(fieldNames) as (keyof typeof fieldNames)[];
const ranks = new Map<string, Map<ImportField, number>>();
for (const field of fields) {
  const names = [...fieldNames[field], ...squashedWords(fieldNamesInMoreLanguages[field] ?? '')];
  for (const [rank, name] of names.entries()) {
    const known = ranks.get(name) ?? new Map<ImportField, number>();
    if (!known.has(field)) known.set(field, rank);
    ranks.set(name, known);
  }
}
const statusKinds = new Map<string, { kind: StatusKind; rank: number }>();
let rank = 0;
for (const [kind, names] of Object.entries(statusNames) as [StatusKind, readonly string[]][]) {
  for (const name of [...names, ...squashedWords(statusNamesInMoreLanguages[kind] ?? '')]) {
    if (!statusKinds.has(name)) statusKinds.set(name, { kind, rank: (rank += 1) });
  }
}

/** Columns of exports that fill no field, but help to recognise a header. */
const otherNames = new Set(
  squashedWords(`
    dn distinguishedname entrydn objectclass objectcategory sid objectsid memberof title jobtitle description company companyname city postalcode country street streetaddress
    physicaldeliveryofficename office officelocation location usagelocation usertype proxyaddresses whencreated whenchanged lastlogon lastlogontimestamp
    pwdlastset passwordlastset badpwdcount primarygroupid instancetype usncreated usnchanged initials wwwhomepage thumbnailphoto
    password initialpassword passwordprofile passwordhashfunction licenses creationtype directorysynced invitationstate identityissuer createddatetime
    agegroup consentprovidedforminor legalagegroupclassification alternateemailaddress lastsignin recoveryemail homesecondaryemail worksecondaryemail
    workaddress homeaddress employeetype employeetitle newprimaryemail orgunitpath costcenter building room position hiredate startdate eintrittsdatum
    standort ort strasse plz titel funktion position stelle firma geschlecht gender birthdate geburtsdatum ville pays adresse fonction poste ciudad
    pais direccion cargo puesto notes comment bemerkung groups group roles role
    sitename computers extensionattribute1 preferredlanguage locale timezone secondaryemail middlename honorificprefix nickname passwordneverexpires
    passwordexpired passwordlastchanged`),
);

/** The field that a column's name stands for, best first; a lower rank is a better name. */
export function fieldsOfName(name: string): { readonly field: ImportField; readonly rank: number }[] {
  const found: { field: ImportField; rank: number }[] = [];
  for (const [at, known] of namesOfColumn(name).entries()) {
    for (const [field, position] of ranks.get(known) ?? []) {
      if (!found.some((other) => other.field === field)) found.push({ field, rank: position + at / 10 });
    }
    const status = statusKinds.get(known);
    if (status && !found.some(({ field }) => field === 'status'))
      found.push({ field: 'status', rank: status.rank + at / 10 });
  }
  return found.toSorted((a, b) => a.rank - b.rank);
}

/**
 * How a status column with this name expresses a status. A label about blocking wins over its attribute: the bulk template of Entra ID calls
 * `accountEnabled` "Block sign in".
 */
export function statusKindOf(name: string): StatusKind {
  const kinds = namesOfColumn(name).flatMap((known) => statusKinds.get(known)?.kind ?? []);
  return kinds.find((kind) => kind !== 'state') ?? kinds[0] ?? 'state';
}

/** The known names of columns in exports, without accents and signs. */
export const knownNames: ReadonlySet<string> = new Set([
  ...ranks.keys(),
  ...statusKinds.keys(),
  ...otherNames,
]);

/** Whether exports have a column of this name. */
export const isKnownName = (name: string): boolean =>
  name.length <= 100 && namesOfColumn(name).some((known) => knownNames.has(known));

/** Names that only one system uses. */
const sources: readonly (readonly [source: string, names: readonly string[]])[] = [
  ['Google Workspace', ['orgunitpath', 'newprimaryemail']],
  ['Google Workspace', ['passwordhashfunction', 'orgunitpath']],
  ['Entra ID', ['userprincipalname', 'accountenabled']],
  ['Entra ID', ['userprincipalname', 'passwordprofile']],
  ['Microsoft 365', ['userprincipalname', 'blockcredential']],
  ['Microsoft 365', ['userprincipalname', 'licenses']],
  ['Active Directory', ['samaccountname', 'useraccountcontrol']],
  ['Active Directory', ['samaccountname', 'distinguishedname']],
  ['Active Directory', ['dn', 'samaccountname']],
  ['Active Directory', ['samaccountname', 'userprincipalname']],
  ['Okta', ['login', 'userstatus']],
  ['Okta', ['login', 'secondemail']],
  ['Jamf', ['username', 'realname', 'sitename']],
  ['Jamf', ['username', 'fullname', 'ldapserver']],
  ['Workday', ['supervisoryorganization', 'workerid']],
  ['Workday', ['employeeid', 'workeremail']],
  ['SAP', ['pernr']],
  ['Personio', ['supervisor', 'lastworkingday', 'status']],
];

/** The system that writes files with these columns; null if it is not known. */
export function sourceOf(columns: readonly string[]): string | null {
  const names = new Set(columns.flatMap(namesOfColumn));
  return sources.find(([, needed]) => needed.every((name) => names.has(name)))?.[0] ?? null;
}
