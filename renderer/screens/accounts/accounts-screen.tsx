import type { Right } from '../../../shared/api/operator.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { AccountLinks } from './account-links.tsx';
import { AccountStates } from './account-states.tsx';
import { HeldRows } from './held-rows.tsx';
import { KnownChanges } from './known-changes.tsx';
import './accounts.css';

/** Decisions about accounts: held rows of imports, disabling by hand, accounts of one person, and announced changes. */
export function AccountsScreen({ rights }: { readonly rights: readonly Right[] }) {
  const t = useTexts();
  const imports = rights.includes('accounts.import');
  return (
    <main className="page" data-testid="accounts">
      <h1>{t('accounts.title')}</h1>
      {imports && <HeldRows />}
      {rights.includes('accounts.disable') && <AccountStates />}
      {imports && <AccountLinks />}
      {imports && <KnownChanges />}
    </main>
  );
}
