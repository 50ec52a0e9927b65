/**
 * Words for states in the cells of status columns, with underscores for blanks: Swedish, Danish, Norwegian, Finnish, Polish, Czech, Slovak, Hungarian,
 * Romanian, Bulgarian, Croatian, Serbian, Slovenian, Catalan, Estonian, Latvian, Lithuanian, Russian, Ukrainian, Greek, Turkish, Arabic, Hebrew,
 * Persian, Thai, Vietnamese, Indonesian, Korean and Chinese.
 */
export const statusWordsInMoreLanguages = {
  active: `
    ปฏิบัติงาน ทำงาน ทำงานอยู่ ใช้งาน เปิดใช้งาน ปกติ พนักงานปัจจุบัน فعال شاغل مشغول_به_کار hoạt_động đang_hoạt_động đang_làm_việc đang_làm kích_hoạt aktif karyawan_aktif
    работещ назначен активиран aktivan aktivna zaposlen zaposlena omogućen aktiven omogočen actiu activa habilitat aktiivne töötab aktīvs strādā aktyvus aktyvi dirba
    نشط نشطة فعال مفعل على_رأس_العمل פעיל פעילה
    aktiverad anställd ansat ansatt aktiveret aktivert aktiivinen käytössä työsuhteessa aktywny aktywna aktywne włączony zatrudniony zatrudniona aktivní
    povolen povoleno aktívny povolený aktív engedélyezett activat angajat activ activă активен активна активный активная включен включена работает работа действующий
    активний працює ενεργός ενεργή ενεργό aktif etkin çalışıyor 활성 재직 재직중 사용 사용중 정상 启用 已启用 在职 正常 激活 有效 啟用 在職`,
  locked: `مقفل נעול lukittu zamčený zamčen uzamknutý zárolt κλειδωμένος kilitli 잠김 잠금 锁定 已锁定 鎖定`,
  disabled: `
    ลาออก ลาออกแล้ว พ้นสภาพ เกษียณ ระงับ ระงับการใช้งาน ปิดใช้งาน ไม่ใช้งาน เลิกจ้าง غیرفعال غیر_فعال مسدود اخراج اخراج_شده استعفا مستعفی بازنشسته ترک_کار قطع_همکاری
    ngừng_hoạt_động không_hoạt_động đã_nghỉ_việc nghỉ_việc thôi_việc đã_nghỉ vô_hiệu_hóa bị_khóa đã_khóa nonaktif tidak_aktif keluar resign berhenti diberhentikan pensiun dinonaktifkan diblokir
    напуснал напуснала деактивиран деактивирана блокиран блокирана пенсиониран прекратен neaktivan neaktivna blokiran blokirana onemogućen otišao umirovljen otpušten neaktiven neaktivna
    onemogočen blokiran upokojen desactivat inactiu inactiva de_baixa baixa acomiadat mitteaktiivne blokeeritud lahkunud peatatud neaktīvs bloķēts atlaists aizgājis neaktyvus neaktyvi atleistas atleista
    užblokuotas išėjo
    موقوف معطل غير_نشط غير_فعال محظور مستقيل مفصول متقاعد منتهي ملغي לא_פעיל לא_פעילה חסום מושבת עזב פוטר
    inaktiverad avaktiverad spärrad avslutad slutat deaktiveret spærret fratrådt deaktivert sperret sluttet inaktiivinen poistettu poistettu_käytöstä
    päättynyt nieaktywny nieaktywna wyłączony zablokowany zablokowana zwolniony zwolniona neaktivní zakázán zakázáno zablokován zablokovaný ukončen
    neaktívny zakázaný inaktív letiltva letiltott kilépett dezactivat dezactivată suspendat blocat неактивен неактивна неактивный отключен отключена
    заблокирован заблокирована уволен уволена увольнение удален удалена удалён уволенный неактивний вимкнено заблокований звільнений звільнена ανενεργός ανενεργή
    απενεργοποιημένος αποχώρησε pasif devre_dışı ayrıldı işten_ayrıldı 비활성 비활성화 퇴사 퇴직 휴직 정지 사용중지 중지 삭제 禁用 已禁用 停用 已停用 离职
    已离职 注销 已注销 冻结 删除 離職 停職 註銷`,
} as const;

/** Words for yes and no in the same languages; short ones that mean other things elsewhere are left out. */
export const flagsInMoreLanguages = {
  yes: 'نعم כן kyllä tak ano áno igen da да так ναι evet 예 네 是 истина prawda tosi sant sand igaz pravda doğru αληθής',
  no: 'لا לא nej nei ei nie nem нет ні όχι hayır 아니요 아니오 否 ложь fałsz epätosi falskt falsk hamis nepravda yanlış ψευδής',
} as const;
