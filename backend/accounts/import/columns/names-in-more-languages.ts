import type { ImportField } from '../../../../shared/api/import-file.ts';
import type { StatusKind } from '../values/status.ts';

/**
 * Names of columns, as exports write them with underscores for blanks: Swedish, Danish, Norwegian, Finnish, Polish, Czech, Slovak, Hungarian,
 * Romanian, Bulgarian, Croatian, Serbian, Slovenian, Catalan, Estonian, Latvian, Lithuanian, Russian, Ukrainian, Greek, Turkish, Arabic, Hebrew, Persian,
 * Thai, Vietnamese, Indonesian, Korean and Chinese. A word for both the full name and the first name counts as the first name, which
 * is the whole name where no column has the last name.
 */
export const fieldNamesInMoreLanguages: Readonly<Partial<Record<ImportField, string>>> = {
  userName: `
    ชื่อผู้ใช้ ชื่อผู้ใช้งาน รหัสผู้ใช้ บัญชีผู้ใช้ نام_کاربری شناسه_کاربری tên_đăng_nhập tên_người_dùng tài_khoản nama_pengguna nama_akun потребителско_име потребител
    korisničko_ime korisnik uporabniško_ime nom_d'usuari usuari kasutajanimi lietotājvārds lietotāja_vārds vartotojo_vardas prisijungimo_vardas
    اسم_المستخدم שם_משתמש
    användarnamn inloggningsnamn användar-id brugernavn bruger-id brukernavn bruker-id påloggingsnavn käyttäjätunnus käyttäjänimi tunnus
    nazwa_użytkownika login_użytkownika uživatelské_jméno přihlašovací_jméno používateľské_meno prihlasovacie_meno felhasználónév felhasználói_név
    utilizator nume_utilizator nume_de_utilizator логин имя_пользователя учётная_запись учетная_запись логін ім'я_користувача обліковий_запис
    όνομα_χρήστη kullanıcı_adı kullanıcı 아이디 사용자_이름 사용자_id 계정 로그인_id 用户名 用户账号 账号 登录名 使用者名稱 帳號`,
  displayName: `
    ชื่อ-นามสกุล ชื่อสกุล ชื่อเต็ม نام_کامل نام_و_نام_خانوادگی họ_và_tên họ_tên tên_đầy_đủ tên_hiển_thị nama_lengkap nama_karyawan nama име_и_фамилия трите_имена пълно_име
    ime_i_prezime puno_ime ime_in_priimek polno_ime nom_i_cognoms nom_complet täisnimi pilns_vārds vārds_uzvārds vardas_pavardė pilnas_vardas
    الاسم الاسم_الكامل الاسم_بالكامل שם שם_מלא
    visningsnamn fullständigt_namn namn visningsnavn vist_navn fulde_navn fullt_navn navn koko_nimi näyttönimi nimi imię_i_nazwisko nazwa_wyświetlana
    celé_jméno zobrazované_jméno jméno_a_příjmení meno_a_priezvisko celé_meno zobrazované_meno teljes_név megjelenítendő_név név nume_complet
    nume_afișat nume_și_prenume фио ф.и.о. полное_имя отображаемое_имя піб повне_ім'я ονοματεπώνυμο πλήρες_όνομα εμφανιζόμενο_όνομα adı_soyadı
    ad_soyad görünen_ad tam_ad 이름 성명 표시_이름 姓名 显示名称 全名 中文姓名 顯示名稱`,
  givenName: `
    ชื่อ ชื่อจริง نام tên nama_depan собствено_име име ime vlastito_ime eesnimi vārds vardas
    الاسم_الأول שם_פרטי
    förnamn tilltalsnamn fornavn etunimi kutsumanimi imię jméno křestní_jméno meno krstné_meno keresztnév utónév prenume имя ім'я όνομα ad adı`,
  familyName: `
    นามสกุล ชื่อสกุล نام_خانوادگی فامیلی họ nama_belakang nama_keluarga фамилно_име фамилия prezime priimek cognoms cognom perekonnanimi uzvārds pavardė
    اسم_العائلة اللقب שם_משפחה
    efternamn efternavn etternavn sukunimi nazwisko příjmení priezvisko vezetéknév családnév nume nume_de_familie фамилия прізвище επώνυμο επίθετο soyad
    soyadı 성 姓氏`,
  email: `
    อีเมล อีเมล์ ที่อยู่อีเมล ایمیل پست_الکترونیک رایانامه địa_chỉ_email thư_điện_tử surel alamat_email имейл електронна_поща e-pošta elektronička_pošta
    e-poštni_naslov e-naslov correu_electrònic correu e-posti_aadress e-pasts e-pasta_adrese el._paštas el._pašto_adresas
    البريد_الإلكتروني البريد דואל דוא"ל אימייל מייל
    e-post e-postadress e-mailadresse e-postadresse sähköposti sähköpostiosoite adres_e-mail adres_email poczta adres_poczty e-mailová_adresa
    emailová_adresa e-mail_cím email_cím adresă_de_e-mail adresă_email почта электронная_почта эл._почта адрес_электронной_почты
    електронна_пошта пошта ηλεκτρονικό_ταχυδρομείο διεύθυνση_email e-posta e-posta_adresi 이메일 이메일_주소 전자_메일 메일 邮箱 电子邮件 邮件地址 邮箱地址
    電子郵件 信箱`,
  phone: `
    โทรศัพท์ เบอร์โทร เบอร์โทรศัพท์ มือถือ เบอร์มือถือ โทรศัพท์มือถือ تلفن تلفن_همراه شماره_تلفن موبایل شماره_موبایل điện_thoại số_điện_thoại di_động
    telepon nomor_telepon nomor_hp no_hp телефонен_номер мобилен_телефон мобилен mobitel broj_telefona broj_mobitela mobilni_telefon telefonska_številka telèfon mòbil telefoninumber
    mobiiltelefon tālrunis mobilais_tālrunis telefonas mobilusis_telefonas
    الهاتف رقم_الهاتف الجوال رقم_الجوال טלפון נייד
    mobiltelefon mobilnummer mobil arbetstelefon telefonnummer mobiltelefonnummer matkapuhelin puhelin puhelinnumero telefon_komórkowy telefon
    numer_telefonu komórka mobilní_telefon telefonní_číslo mobilný_telefon telefónne_číslo mobiltelefonszám telefonszám telefon_mobil număr_de_telefon
    телефон мобильный_телефон мобильный номер_телефона рабочий_телефон мобільний_телефон мобільний κινητό κινητό_τηλέφωνο τηλέφωνο cep_telefonu
    telefon_numarası 휴대전화 휴대폰 핸드폰 전화번호 전화 연락처 手机 手机号 手机号码 电话 电话号码 手機 電話號碼`,
  employeeNumber: `
    รหัสพนักงาน เลขประจำตัวพนักงาน شماره_پرسنلی کد_پرسنلی mã_nhân_viên mã_số_nhân_viên nomor_induk_karyawan nik id_karyawan служебен_номер
    matični_broj broj_zaposlenika matična_številka número_d'empleat töötaja_number darbinieka_numurs tabelio_numeris
    رقم_الموظف الرقم_الوظيفي מספר_עובד
    anställningsnummer anställnings-id medarbejdernummer ansattnummer henkilönumero numer_pracownika numer_ewidencyjny osobní_číslo osobné_číslo
    törzsszám număr_marcă табельный_номер табельний_номер αριθμός_μητρώου sicil_numarası sicil_no 사번 사원번호 工号 员工编号 員工編號`,
  department: `
    แผนก ฝ่าย หน่วยงาน بخش واحد دپارتمان phòng_ban bộ_phận bagian departemen divisi отдел дирекция odjel odsjek sektor oddelek departament osakond nodaļa
    departaments skyrius padalinys
    القسم الإدارة מחלקה
    avdelning afdeling avdeling osasto dział wydział oddělení odbor oddelenie osztály departament отдел подразделение відділ підрозділ τμήμα departman
    bölüm 부서 부서명 部门 所属部门 部門名稱`,
  manager: `
    หัวหน้า หัวหน้างาน ผู้จัดการ ผู้บังคับบัญชา مدیر سرپرست مدیر_مستقیم quản_lý người_quản_lý cấp_trên atasan manajer ръководител пряк_ръководител
    nadređeni voditelj rukovodilac nadrejeni vodja cap responsable juht vadītājs tiešais_vadītājs vadovas tiesioginis_vadovas
    المدير المدير_المباشر מנהל
    chef närmaste_chef leder nærmeste_leder esimies esihenkilö przełożony kierownik nadřízený vedoucí nadriadený felettes vezető superior manager_direct
    руководитель начальник керівник προϊστάμενος yönetici amir 상사 관리자 팀장 经理 上级 直属上级 主管`,
  startsAt: `
    วันที่เริ่มงาน วันเริ่มงาน วันที่บรรจุ تاریخ_شروع تاریخ_استخدام تاریخ_شروع_به_کار ngày_vào_làm ngày_bắt_đầu tanggal_masuk tanggal_mulai tanggal_bergabung
    дата_на_постъпване начална_дата datum_zaposlenja datum_početka datum_zaposlitve datum_začetka data_d'inici data_d'alta tööle_asumise_kuupäev alguskuupäev darba_sākums
    sākuma_datums įdarbinimo_data pradžios_data
    تاريخ_التعيين تاريخ_المباشرة تاريخ_البدء תאריך_התחלה תאריך_תחילת_עבודה
    anställningsdatum anställd_från startdatum börjar ansættelsesdato startdato ansatt_dato ansettelsesdato tiltrædelsesdato aloituspäivä alkamispäivä työsuhteen_alku
    data_zatrudnienia data_rozpoczęcia początek_umowy datum_nástupu nástup dátum_nástupu belépés_dátuma kezdés_dátuma data_angajării data_începerii дата_приёма дата_приема
    дата_приема_на_работу дата_приёма_на_работу дата_начала дата_прийому дата_прийняття ημερομηνία_πρόσληψης ημερομηνία_έναρξης işe_giriş_tarihi işe_başlama_tarihi başlangıç_tarihi
    입사일 입사일자 시작일 入职日期 入職日期 到职日期 到職日期 到职日 到職日 报到日期 生效日期`,
  expiresAt: `
    วันที่ลาออก วันลาออก วันที่สิ้นสุด วันหมดอายุ วันพ้นสภาพ تاریخ_پایان تاریخ_خروج تاریخ_انقضا تاریخ_ترک_کار تاریخ_پایان_قرارداد ngày_nghỉ_việc ngày_thôi_việc
    ngày_kết_thúc ngày_hết_hạn tanggal_keluar tanggal_berakhir tanggal_berhenti дата_на_напускане крайна_дата дата_на_прекратяване datum_isteka datum_odlaska datum_prestanka datum_završetka
    datum_poteka datum_prenehanja data_de_baixa data_de_fi töölt_lahkumise_kuupäev lõppkuupäev darba_beigas beigu_datums atleidimo_data pabaigos_data
    تاريخ_الانتهاء تاريخ_انتهاء_الخدمة תאריך_סיום
    slutdatum upphör upphører slutdato fratrædelsesdato sluttdato päättymispäivä data_wygaśnięcia data_zwolnienia koniec_umowy datum_ukončení platnost_do
    dátum_ukončenia lejárat kilépés_dátuma data_expirării data_încetării дата_увольнения срок_действия дата_окончания дата_звільнення ημερομηνία_λήξης ημερομηνία_αποχώρησης ημερομηνία_λύσης
    bitiş_tarihi işten_çıkış_tarihi 만료일 퇴사일 퇴직일 到期日 到期日期 离职日期 離職日期 離職日 离职日 退休日期`,
};

/** Names of status columns in the same languages, by how their cells express a status. */
export const statusNamesInMoreLanguages: Readonly<Partial<Record<StatusKind, string>>> = {
  state: `
    สถานะ สถานะพนักงาน สถานะบัญชี สถานภาพ وضعیت وضعیت_حساب وضعیت_کارمند وضعیت_کاربر trạng_thái trạng_thái_tài_khoản tình_trạng kích_hoạt status_karyawan status_akun
    aktif състояние активен статус_на_служителя stanje status_zaposlenika status_računa aktivan omogućen stanje_računa aktiven estat actiu olek staatus aktiivne statuss statusas
    būsena aktyvus aktīvs
    الحالة حالة_الحساب حالة_الموظف الحالة_الوظيفية مفعل סטטוס מצב פעיל
    anställningsstatus ansættelsesstatus ansettelsesstatus työsuhteen_tila status_zatrudnienia stav_zaměstnance stav_zamestnanca stare_angajat κατάσταση_εργαζομένου çalışma_durumu
    kontostatus aktiverad aktiveret aktivert tila käytössä aktiivinen stan stan_konta status_konta aktywny aktywne stav stav_účtu aktivní povolen aktívny
    állapot aktív stare stare_cont activ статус состояние статус_учётной_записи статус_сотрудника активен активный включена включен стан активний
    κατάσταση κατάσταση_λογαριασμού ενεργός durum hesap_durumu aktif etkin 상태 계정_상태 재직_상태 재직_여부 재직여부 활성 사용_여부 사용여부 状态 账号状态 账户状态
    在职状态 员工状态 人员状态 雇佣状态 用户状态 帐号状态 員工狀態 是否启用 是否在职 启用 狀態 帳號狀態 啟用 在職狀態`,
  blocked: `
    ระงับ ปิดใช้งาน ถูกระงับ غیرفعال مسدود vô_hiệu_hóa bị_khóa nonaktif dinonaktifkan diblokir деактивиран блокиран напуснал neaktivan blokiran onemogućen
    neaktiven onemogočen desactivat blocat inactiu blokeeritud mitteaktiivne bloķēts neaktīvs užblokuotas neaktyvus
    معطل موقوف محظور חסום מושבת
    inaktiverad avaktiverad spärrad deaktiveret deaktivert inaktiivinen poistettu_käytöstä zablokowany wyłączony nieaktywny zakázán zablokován neaktivní
    zablokovaný neaktívny letiltva inaktív dezactivat inactiv blocat отключен отключена заблокирован заблокирована неактивен уволен вимкнено заблоковано
    звільнено ανενεργός απενεργοποιημένος devre_dışı pasif engellendi 비활성 비활성화 퇴사_여부 퇴직_여부 정지 禁用 已禁用 停用 离职 是否离职 停用狀態`,
};
