/**
 * Words for states in the cells of status columns, with underscores for blanks: Swedish, Danish, Norwegian, Finnish, Polish, Czech, Slovak, Hungarian,
 * Romanian, Russian, Ukrainian, Greek, Turkish, Arabic, Hebrew, Korean and Chinese.
 */
export const statusWordsInMoreLanguages = {
  active: `
    نشط نشطة فعال مفعل على_رأس_العمل פעיל פעילה
    aktiverad anställd ansat ansatt aktiveret aktivert aktiivinen käytössä työsuhteessa aktywny aktywna aktywne włączony zatrudniony zatrudniona aktivní
    povolen povoleno aktívny povolený aktív engedélyezett activat angajat активен активна активный активная включен включена работает действующий
    активний працює ενεργός ενεργή ενεργό aktif etkin çalışıyor 활성 재직 재직중 사용 사용중 정상 启用 已启用 在职 正常 激活 有效 啟用 在職`,
  locked: `مقفل נעול lukittu zamčený zamčen uzamknutý zárolt κλειδωμένος kilitli 잠김 잠금 锁定 已锁定 鎖定`,
  disabled: `
    موقوف معطل غير_نشط غير_فعال محظور مستقيل مفصول متقاعد منتهي ملغي לא_פעיל לא_פעילה חסום מושבת עזב פוטר
    inaktiverad avaktiverad spärrad avslutad slutat deaktiveret spærret fratrådt deaktivert sperret sluttet inaktiivinen poistettu poistettu_käytöstä
    päättynyt nieaktywny nieaktywna wyłączony zablokowany zablokowana zwolniony zwolniona neaktivní zakázán zakázáno zablokován zablokovaný ukončen
    neaktívny zakázaný inaktív letiltva letiltott kilépett dezactivat dezactivată suspendat blocat неактивен неактивна неактивный отключен отключена
    заблокирован заблокирована уволен уволена удален удалена удалён уволенный неактивний вимкнено заблокований звільнений звільнена ανενεργός ανενεργή
    απενεργοποιημένος αποχώρησε pasif devre_dışı ayrıldı işten_ayrıldı 비활성 비활성화 퇴사 퇴직 휴직 정지 사용중지 중지 삭제 禁用 已禁用 停用 已停用 离职
    已离职 注销 已注销 冻结 删除 離職 停職 註銷`,
} as const;

/** Words for yes and no in the same languages; short ones that mean other things elsewhere are left out. */
export const flagsInMoreLanguages = {
  yes: 'نعم כן kyllä tak ano áno igen da да так ναι evet 예 네 是 истина prawda tosi sant sand igaz pravda doğru αληθής',
  no: 'لا לא nej nei ei nie nem нет ні όχι hayır 아니요 아니오 否 ложь fałsz epätosi falskt falsk hamis nepravda yanlış ψευδής',
} as const;
