import { Refusal } from '../../refusal.ts';
import type { DirectoryFault } from '../external/directory-fault.ts';

/** The Reset API's refusal for a fault of a directory. */
export function refusalOfFault({ code, detail }: DirectoryFault): Refusal {
  const said = detail === null ? {} : { detail };
  switch (code) {
    case 'password-refused':
      if (detail === 'no-pass') return new Refusal('directory.pass-refused');
      return new Refusal('directory.password-refused', said);
    case 'right-missing':
      return new Refusal('directory.right-missing', said);
    case 'account-gone':
      return new Refusal('directory.account-gone');
    case 'service-account-wrong':
    case 'service-password-expired':
      return new Refusal('directory.service-account', { detail: code });
    case 'certificate-untrusted':
    case 'certificate-expired':
    case 'certificate-name':
      return new Refusal('directory.not-trusted', { detail: code });
    default:
      return new Refusal('directory.unavailable', { detail: code });
  }
}
