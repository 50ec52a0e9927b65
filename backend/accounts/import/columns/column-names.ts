import type { ImportField } from '../../../../shared/api/import-file.ts';
import { squashedWords } from '../../../text/squash.ts';
import type { StatusKind } from '../values/status.ts';

/**
 * Names of columns in exports of directories (Active Directory, Entra ID, Microsoft 365, Google Workspace, Okta, Jamf, LDAP) and of personnel systems
 * (Workday, SAP, Personio, BambooHR and others), squashed, in English, German, French, Spanish, Dutch, Italian, Portuguese and Japanese. Within a
 * field, the most specific name comes first.
 */
export const fieldNames: Readonly<Record<Exclude<ImportField, 'status'>, readonly string[]>> = {
  userName: squashedWords(`
    samaccountname username userlogin login loginname loginid logonname userlogonname logon netid networkid ntlogin uid userid userprincipalname upn
    userprincipalnameupn accountname account userlogonnameprewindows2000 prewindows2000logonname primaryemail adusername aduser domainuser user
    onpremisessamaccountname alias mailnickname bname samid sisusername oprid usrid kurzname nutzerkennung inlogcode studentwebid windowsuserid benutzerprinzipalname windowsanmeldename anmeldenamevorwindows2000 benutzeranmeldenamevorwindows2000 anmeldenamepraewindows2000
    benutzername benutzer anmeldename benutzeranmeldename loginname kennung benutzerkennung benutzerid nutzername kontoname kurzel windowsbenutzer
    nomdutilisateur nomdutilisateurprincipal nomprincipaldelutilisateur utilisateur identifiant identifiantutilisateur nomdeconnexion nomducompte login
    nombredeusuario nombreprincipaldeusuario nombreprincipaldelusuario usuario nombreusuario iniciodesesion nombredeiniciodesesion cuenta
    gebruikersnaam gebruiker aanmeldnaam inlognaam accountnaam
    nomeutente nomeentitautente nomedellentitautente utente nomeaccount
    nomedeusuario nomedousuario nomeprincipaldousuario nomeupn nomedeutilizador utilizador nomeusuario
    ユーザー名 ユーザ名 ログイン ログイン名 ログインid ユーザーid アカウント アカウント名 サインイン名`),
  displayName: squashedWords(`
    displayname fullname name namefullname legalname preferredfullname preferreddisplayname employeename workername realname personname membername cn
    commonname namefull formattedname nameformatted nameoruser completename nametext worker username employee user preferredname associate lastnamefirstname firstnamelastname namelastfirst namefirstlast lastfirstname surnamefirstname surnameforename payrollname legalnameofemployee sortablename
    ename anzeigename vollername vollstandigername namevorname vornamenachname nachnamevorname familiennamevorname vornamefamilienname mitarbeitername mitarbeiter personenname
    nomcomplet nomaffiche nomdaffichage nometprenom prenometnom nomprenom prenomnom
    nombrecompleto nombreparamostrar nombremostrado nombreyapellidos apellidosynombre
    weergavenaam volledigenaam naam
    nomecompleto nomevisualizzato nomedavisualizzare nominativo
    nomedeexibicao nomeaexibir nomecompleto
    表示名 氏名 名前 フルネーム`),
  givenName: squashedWords(`
    givenname firstname namegivenname namegiven forename first fname preferredfirstname namefirst legalfirstname preferredname
    vorname rufname vorna
    prenom
    nombre nombres nombredepila
    voornaam roepnaam
    nomeproprio primeironome nome
    名 名前名`),
  familyName: squashedWords(`
    familyname lastname surname namefamilyname namefamily sn last lname namelast legallastname secondname
    nachname familienname zuname nachn
    nomdefamille nom
    apellidos apellido primerapellido apellido1 1apellido apellidopaterno
    achternaam familienaam
    cognome
    sobrenome apelido ultimonome
    姓 名字`),
  email: squashedWords(`
    mail email emailaddress mailaddress primaryemail primaryemailaddress primarysmtpaddress smtpaddress smtpaddr primarysmtp windowsemailaddress workemail
    workemailaddress businessemail emailwork officeemail companyemail corporateemail useremail internetaddress emailprimarywork emailid emails
    contactemail emailprimary mailid mailids proxyaddresses workcontactworkemail workcontactemail campusemail universityemail collegeemail schoolemail studentemail institutionalemail uniemail hochschulemail hochschulmail unimail universitatsemail
    emailadresse mailadresse dienstlicheemail emaildienstlich emailgeschaftlich geschaftlicheemail emailgeschaeftlich epost epostadresse
    courriel courriels adressemail adressecourriel adresseemail adresseelectronique mel emailprofessionnel adressedemessagerie messagerie
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
    ipphone homephone homephonenumber phone1 phonenumberswork phonenumbersmobile workcontactworkphone workcontactworkmobile hometelephone phonehome privatephone othertelephone othermobile othermobilephone alternatephone
    telefonprivat privattelefon telephonedomicile telefonoparticular telefonocasa
    電話番号 電話 携帯電話 携帯 携帯番号 携帯電話番号`),
  employeeNumber: squashedWords(`
    employeenumber employeeidentifier externalids0value employeeid employeeno employeecode empid empno emplid emplno personnelnumber personnelno personnelid staffnumber staffid staffno
    workerid workernumber personnumber personid associateid badgenumber payrollnumber payrollid pernr employee
    personalnummer personalnr persnr persnummer mitarbeiternummer mitarbeiterid mitarbeiternr manr
    matricule numeroemploye numerodemploye numeromatricule numerodesalarie
    numerodeempleado idempleado numeroempleado legajo codigodeempleado
    personeelsnummer medewerkernummer matricola numeromatricola numerodefuncionario matricula
    社員番号 従業員番号 職員番号`),
  department: squashedWords(`
    department departmentname organizations0department dept deptname division orgunit organizationalunit organisationunit businessunit costcentername costcenter team section
    supervisoryorganization orgunitpath unit
    abteilung abteilungbereich bereich organisationseinheit orgeinheit fachbereich referat kostenstelle
    service departement direction servicedepartement
    departamento area seccion
    afdeling reparto dipartimento ufficio departamento setor
    部署 部門 所属`),
  manager: squashedWords(`
    manager managername manageremail managersemail managerupn manageruserprincipalname managerdisplayname managerid managerdn supervisor supervisorname
    supervisoremail reportsto linemanager workersmanager reportingto reportstoname reportstolegalname relations0value reportingmanager managerusername directmanager
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
    validuntil validto validthrough activeuntil enabledto enableduntil employeduntil enddate contractenddate employmentenddate terminationdate lastday contractend exitdate dateleft termination lastdayofwork lastworkingday leavedate leavingdate
    employeeleavedatetime employeeleavedate dismissaldate dateterminated terminatedon terminateddate terminateat termdate dateofterm enddt endda relievingdate dateofrelieving lastworkingdate lastdateworked lastworkdate dateoftermination terminationdt terminationeffectivedate offboardingdate departuredate quitdate cessationdate dateofcessation withdrawaldate dateofdeparture separationdate dateofexit dateofleaving datadedesligamento datadedemissao datademissao datadesaida dataderescisao hrenddate deactivationdate loginexpirationtime shadowexpire gltgb acctexpires expirationtimestamp
    ablauf ablaufdatum gultigbis aktivbis angestelltbis beschaftigtbis kontoablaufdatum kontolauftab austritt austrittsdatum austrittam vertragsende vertragsendedatum befristetbis befristungbis befristung befristungsende exmatrikulation exmatrikulationsdatum letzterarbeitstag enddatum
    datedexpiration actifjusquau dateexpiration expirele datedefin datedefincontrat datedesortie datededepart datedepart valablejusquau validejusqua validejusquau valablejusqua findecontrat
    fechadevencimiento activohasta fechadecaducidad caducidad vence fechafin fechadebaja findecontrato validohasta
    verloopdatum einddatum uitschrijfdatum uitdienstdatum datumuitdienst uitdiensttreding geldigtot scadenza datadiscadenza datafine datacessazione datadicessazione datafinerapporto datadetermino datadeexpiracao validoate
    有効期限 退職日 退職年月日 離職日 離職年月日 契約終了日 契約満了日`),
  startsAt: squashedWords(`
    startsat rehiredate dateofrehire startdate startingdate accountstartdate employmentstartdate employeestartdate dateofstart hiredate dateofhire hireddate datehired hiredon employeehiredate originalhiredate lasthiredate
    latesthiredate hiredt joindate joiningdate dateofjoining dateofjoin doj joinedon entrydate dateofentry commencementdate firstday firstdayofwork firstworkingday onboardingdate
    validfrom activefrom activesince enabledfrom activationdate effectivestartdate accountvalidfrom gltgv begda
    eintritt eintrittsdatum eintrittam eintrittdatum datumeintritt gultigab gultigvon gueltigab gueltigvon aktivab aktivvon aktivseit einstellungsdatum einstelldatum beschaftigtab beschaftigtseit angestelltab arbeitsbeginn
    beschaftigungsbeginn dienstantritt dienstbeginn ersterarbeitstag startdatum beginndatum immatrikulation immatrikulationsdatum
    datedentree dateentree datedembauche dateembauche datedebut datededebut datedarrivee datedeprisedeposte entreele valableapartirdu valabledepuis validedepuis actifapartirdu premierjour
    fechadeingreso fechaingreso alta fechadealta fechaalta fechainicio fechadeinicio fechadecontratacion fechacontratacion fechadeincorporacion fechaincorporacion validodesde activodesde primerdia
    inschrijfdatum indienstdatum datumindienst datumindiensttreding indiensttreding ingangsdatum begindatum geldigvan actiefvanaf eerstewerkdag
    datadiassunzione dataassunzione datadiinizio datainizio datainizioservizio datainiziorapporto validodal attivodal
    datadeadmissao dataadmissao datadeinicio datainicio datadeentrada validode ativodesde
    入社日 入社年月日 採用日 雇用開始日 開始日 利用開始日 有効開始日 着任日`),
  entryType: squashedWords(`
    objectclass objectcategory samaccounttype objecttype recipienttype recipienttypedetails mailboxtype accounttype usertype entrytype identitytype principaltype type typ
    objektklasse objekttyp kontotyp benutzertyp kontoart typdecompte typeobjet tipodecuenta tipodeobjeto`),
  id: squashedWords(`
    objectguid guid objectid id entraid azureadobjectid userid uniqueid uniqueidentifier accountid externalid immutableid sourceanchor nsuniqueid entryuuid
    personuuid uuid oid externaldirectoryobjectid sourcedid`),
  localPassword: squashedWords('localpassword haslocalpassword lokalespasswort lokaleskennwort'),
};

/** Names of status columns in the same languages, by how their cells express a status. */
export const statusNames: Readonly<Record<StatusKind, readonly string[]>> = {
  state: squashedWords(`
    valid isvalid validid accountvalid uservalid gultig valide accountenabled enabled isenabled userenabled accountstatus userstatus loginstatus signinstatus status active isactive activestatus currentlyactive accountactive
    useractive activeuser employeestatus employmentstatus workerstatus lifecyclestatus lifecyclestate lifecycle accountstate userstate state inuse exitstatus separationstatus contractstatus internallifecyclestatus uemployeestatus anmeldestatus statorapporto
    signinallowed signinpermitted loginallowed loginpermitted canlogin cansignin kannsichanmelden darfsichanmelden anmeldungerlaubt loginenabled personstatus recordstatus employeestate
    stat2 kontostatus benutzerstatus zustand aktiv aktiviert kontoaktiviert kontoaktiv istaktiv mitarbeiterstatus freigegeben beschaftigungsstatus
    statut statutducompte etat etatducompte situation present actif active compteactif compteactive statutemploye
    alta estado estadodelacuenta estadodecuenta situacion situacionlaboral activo activa habilitado cuentahabilitada
    actief indienst accountingeschakeld ingeschakeld stato attivo abilitato statoaccount situacao ativo estadodaconta
    状態 ステータス 有効 在籍 在職 在籍状況 アカウント状態 在職区分 在籍区分 在職状況 状況`),
  blocked: squashedWords(`
    blockcredentials bloquercredential bloquearcredencial bloquerlesinformationsdidentification
    accountdisabled disabled isdisabled userdisabled accountisdisabled blocksignin blockcredential signinblocked blocked isblocked userblocked suspended
    issuspended inactive isinactive archived isarchived deleted isdeleted softdeleted terminated isterminated deactivated isdeactivated accountinactive
    deprovisioned revoked leftcompany leftthecompany hasleftcompany msdsuseraccountdisabled signindisabled logindisabled loginblocked accountblocked accountsuspended left hasleft leaver nsaccountlock
    deaktiviert kontodeaktiviert inaktiv geloscht archiviert stillgelegt ausgeschieden anmeldungblockiert anmeldungblockieren anmeldunggesperrt anmeldesperre blockiert istdeaktiviert sperre sperrkennzeichen sperrvermerk
    sperrkz sperrflag kontosperre benutzersperre zugangssperre austritt termination departure
    desactive comptedesactive inactif bloque suspendu supprime archive connexionbloquee
    deshabilitado cuentadeshabilitada desactivado bloqueado suspendido inactivo eliminado
    uitgeschakeld geblokkeerd inactief disabilitato disattivato bloccato sospeso desativado desabilitado bloqueada suspenso inativo
    無効 停止 削除済み`),
  locked: squashedWords(`
    accountlocked locked islocked lock acctlock acctlocked frozen isfrozen userfrozen accountfrozen lockedout islockedout accountlockedout accountlockout lockout userlocked accountislockedout accountislocked
    gesperrt kontogesperrt istgesperrt gesperrtekonten
    verrouille compteverrouille cuentabloqueada vergrendeld
    ロック`),
  unlocked: [],
  words: [],
  unexpired: [],
  expired: squashedWords('accountexpired isexpired expired passwordneverset abgelaufen kontoabgelaufen'),
  bits: squashedWords('useraccountcontrol uac msdsuseraccountcontrolcomputed sambaacctflags'),
  'sap-lock': squashedWords('uflag'),
  'lockout-time': squashedWords(
    'lockouttime accountlockouttime pwdaccountlockedtime lockedsince lockedat lockeduntil lockoutuntil lockoutend lockoutenddateutc',
  ),
  'blocked-since': squashedWords(`
    deleteddatetime deletiontimestamp deletedat deletedon deletiondate deletiontime softdeletiontimestamp softdeleteddatetime deactivatedat deactivatedon disabledat
    disabledon disableddate suspendedat suspendedon archivedat archivedon whendeleted`),
};
