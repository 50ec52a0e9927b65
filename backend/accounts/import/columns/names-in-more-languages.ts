import type { ImportField } from '../../../../shared/api/import-file.ts';
import type { StatusKind } from '../values/status.ts';

/**
 * Names of columns, as exports write them with underscores for blanks: Swedish, Danish, Norwegian, Finnish, Polish, Czech, Slovak, Hungarian,
 * Romanian, Russian, Ukrainian, Greek, Turkish, Arabic, Hebrew, Korean and Chinese. A word for both the full name and the first name counts as the first name, which
 * is the whole name where no column has the last name.
 */
export const fieldNamesInMoreLanguages: Readonly<Partial<Record<ImportField, string>>> = {
  userName: `
    اسم_المستخدم שם_משתמש
    användarnamn inloggningsnamn användar-id brugernavn bruger-id brukernavn bruker-id påloggingsnavn käyttäjätunnus käyttäjänimi tunnus
    nazwa_użytkownika login_użytkownika uživatelské_jméno přihlašovací_jméno používateľské_meno prihlasovacie_meno felhasználónév felhasználói_név
    utilizator nume_utilizator nume_de_utilizator логин имя_пользователя учётная_запись учетная_запись логін ім'я_користувача обліковий_запис
    όνομα_χρήστη kullanıcı_adı kullanıcı 아이디 사용자_이름 사용자_id 계정 로그인_id 用户名 用户账号 账号 登录名 使用者名稱 帳號`,
  displayName: `
    الاسم الاسم_الكامل الاسم_بالكامل שם שם_מלא
    visningsnamn fullständigt_namn namn visningsnavn vist_navn fulde_navn fullt_navn navn koko_nimi näyttönimi nimi imię_i_nazwisko nazwa_wyświetlana
    celé_jméno zobrazované_jméno jméno_a_příjmení meno_a_priezvisko celé_meno zobrazované_meno teljes_név megjelenítendő_név név nume_complet
    nume_afișat nume_și_prenume фио ф.и.о. полное_имя отображаемое_имя піб повне_ім'я ονοματεπώνυμο πλήρες_όνομα εμφανιζόμενο_όνομα adı_soyadı
    ad_soyad görünen_ad tam_ad 이름 성명 표시_이름 姓名 显示名称 全名 中文姓名 顯示名稱`,
  givenName: `
    الاسم_الأول שם_פרטי
    förnamn tilltalsnamn fornavn etunimi kutsumanimi imię jméno křestní_jméno meno krstné_meno keresztnév utónév prenume имя ім'я όνομα ad adı`,
  familyName: `
    اسم_العائلة اللقب שם_משפחה
    efternamn efternavn etternavn sukunimi nazwisko příjmení priezvisko vezetéknév családnév nume nume_de_familie фамилия прізвище επώνυμο επίθετο soyad
    soyadı 성 姓氏`,
  email: `
    البريد_الإلكتروني البريد דואל דוא"ל אימייל מייל
    e-post e-postadress e-mailadresse e-postadresse sähköposti sähköpostiosoite adres_e-mail adres_email poczta adres_poczty e-mailová_adresa
    emailová_adresa e-mail_cím email_cím adresă_de_e-mail adresă_email почта электронная_почта эл._почта адрес_электронной_почты
    електронна_пошта пошта ηλεκτρονικό_ταχυδρομείο διεύθυνση_email e-posta e-posta_adresi 이메일 이메일_주소 전자_메일 메일 邮箱 电子邮件 邮件地址 邮箱地址
    電子郵件 信箱`,
  phone: `
    الهاتف رقم_الهاتف الجوال رقم_الجوال טלפון נייד
    mobiltelefon mobilnummer mobil arbetstelefon telefonnummer mobiltelefonnummer matkapuhelin puhelin puhelinnumero telefon_komórkowy telefon
    numer_telefonu komórka mobilní_telefon telefonní_číslo mobilný_telefon telefónne_číslo mobiltelefonszám telefonszám telefon_mobil număr_de_telefon
    телефон мобильный_телефон мобильный номер_телефона рабочий_телефон мобільний_телефон мобільний κινητό κινητό_τηλέφωνο τηλέφωνο cep_telefonu
    telefon_numarası 휴대전화 휴대폰 핸드폰 전화번호 전화 연락처 手机 手机号 手机号码 电话 电话号码 手機 電話號碼`,
  employeeNumber: `
    رقم_الموظف الرقم_الوظيفي מספר_עובד
    anställningsnummer anställnings-id medarbejdernummer ansattnummer henkilönumero numer_pracownika numer_ewidencyjny osobní_číslo osobné_číslo
    törzsszám număr_marcă табельный_номер табельний_номер αριθμός_μητρώου sicil_numarası sicil_no 사번 사원번호 工号 员工编号 員工編號`,
  department: `
    القسم الإدارة מחלקה
    avdelning afdeling avdeling osasto dział wydział oddělení odbor oddelenie osztály departament отдел подразделение відділ підрозділ τμήμα departman
    bölüm 부서 부서명 部门 所属部门 部門名稱`,
  manager: `
    المدير المدير_المباشر מנהל
    chef närmaste_chef leder nærmeste_leder esimies esihenkilö przełożony kierownik nadřízený vedoucí nadriadený felettes vezető superior manager_direct
    руководитель начальник керівник προϊστάμενος yönetici amir 상사 관리자 팀장 经理 上级 直属上级 主管`,
  expiresAt: `
    تاريخ_الانتهاء تاريخ_انتهاء_الخدمة תאריך_סיום
    slutdatum upphör upphører slutdato fratrædelsesdato sluttdato päättymispäivä data_wygaśnięcia data_zwolnienia koniec_umowy datum_ukončení platnost_do
    dátum_ukončenia lejárat kilépés_dátuma data_expirării data_încetării дата_увольнения срок_действия дата_окончания дата_звільнення ημερομηνία_λήξης
    bitiş_tarihi işten_çıkış_tarihi 만료일 퇴사일 퇴직일 到期日 到期日期 离职日期 離職日期`,
};

/** Names of status columns in the same languages, by how their cells express a status. */
export const statusNamesInMoreLanguages: Readonly<Partial<Record<StatusKind, string>>> = {
  state: `
    الحالة حالة_الحساب حالة_الموظف الحالة_الوظيفية مفعل סטטוס מצב פעיל
    kontostatus aktiverad aktiveret aktivert tila käytössä aktiivinen stan stan_konta status_konta aktywny aktywne stav stav_účtu aktivní povolen aktívny
    állapot aktív stare stare_cont activ статус состояние статус_учётной_записи статус_сотрудника активен активный включена включен стан активний
    κατάσταση κατάσταση_λογαριασμού ενεργός durum hesap_durumu aktif etkin 상태 계정_상태 재직_상태 재직_여부 재직여부 활성 사용_여부 사용여부 状态 账号状态 账户状态
    在职状态 是否启用 是否在职 启用 狀態 帳號狀態 啟用 在職狀態`,
  blocked: `
    معطل موقوف محظور חסום מושבת
    inaktiverad avaktiverad spärrad deaktiveret deaktivert inaktiivinen poistettu_käytöstä zablokowany wyłączony nieaktywny zakázán zablokován neaktivní
    zablokovaný neaktívny letiltva inaktív dezactivat inactiv blocat отключен отключена заблокирован заблокирована неактивен уволен вимкнено заблоковано
    звільнено ανενεργός απενεργοποιημένος devre_dışı pasif engellendi 비활성 비활성화 퇴사_여부 퇴직_여부 정지 禁用 已禁用 停用 离职 是否离职 停用狀態`,
};
