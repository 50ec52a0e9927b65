import type { Right } from '../../../shared/api/operator.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { AccountStates } from './account-states.tsx';
import { HeldRows } from './held-rows.tsx';
import { KnownChanges } from './known-changes.tsx';
import './accounts.css';

/** Decisions about accounts: held rows of imports, disabling by hand, and announced changes. */
export function AccountsScreen({ rights }: { readonly rights: readonly Right[] }) {
  const t = useTexts();
  const imports = rights.includes('accounts.import');
  return (
    <main className="page" data-testid="accounts">
      <h1>{t('accounts.title')}</h1>
      {imports && <HeldRows />}
      {rights.includes('accounts.disable') && <AccountStates />}
      {imports && <KnownChanges />}
    </main>
  );
}
