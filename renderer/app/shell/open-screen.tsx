import type { RefObject } from 'react';
import type { Right } from '../../../shared/api/operator.ts';
import { AccountsScreen } from '../../screens/accounts/accounts-screen.tsx';
import { AuditScreen } from '../../screens/audit/audit-screen.tsx';
import { CaseScreen } from '../../screens/case/case-screen.tsx';
import { CasesScreen } from '../../screens/cases/cases-screen.tsx';
import { DeskScreen, type CountedCases } from '../../screens/desk/desk-screen.tsx';
import { DrillScreen } from '../../screens/drill/drill-screen.tsx';
import { ImportScreen } from '../../screens/import/import-screen.tsx';
import { OutboxScreen } from '../../screens/outbox/outbox-screen.tsx';
import { QueueScreen } from '../../screens/queue/queue-screen.tsx';
import { RequiredResetsScreen } from '../../screens/required-resets/required-resets-screen.tsx';
import { SettingsScreen } from '../../screens/settings/settings-screen.tsx';
import { OutboxLink } from '../../parts/outbox/outbox-link.tsx';
import type { GivenCases } from '../../screens/cases/cases-filter.ts';
import type { Route } from './route.ts';

/** Where the organisation's name, contact data and logo are set. */
const brandSettings = { page: 'policy.title', part: 'policy.topics.notifications' };

interface OpenScreenProps {
  readonly route: Route;
  readonly rights: readonly Right[];
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onGo: (route: Route) => void;
}

const directorySettings = { page: 'directories.title', part: 'directories.title' } as const;

/** The filter of the list behind each number of the day. */
const casesOf = {
  cases: { show: 'any', period: 'today' },
  resets: { show: 'reset', period: 'today' },
  refused: { show: 'refused', period: 'today' },
} as const satisfies Record<CountedCases, GivenCases>;

/** The screen of a route. */
export function OpenScreen({ route, rights, search, onGo }: OpenScreenProps) {
  const toDesk = () => onGo({ screen: 'desk' });
  const openCase = (caseId: string) => onGo({ screen: 'case', caseId });
  switch (route.screen) {
    case 'desk':
      return (
        <DeskScreen
          search={search}
          given={route.search ?? null}
          mayImport={rights.includes('accounts.import')}
          mayApprove={rights.includes('approvals.decide')}
          onOpen={openCase}
          onImport={() => onGo({ screen: 'import' })}
          onBrand={
            rights.includes('policy.change') && rights.includes('mail.configure')
              ? () => onGo({ screen: 'settings', given: brandSettings })
              : undefined
          }
          onDirectories={
            rights.includes('directories.configure')
              ? () => onGo({ screen: 'settings', given: directorySettings })
              : undefined
          }
          onCounted={(counted) => onGo({ screen: 'cases', given: casesOf[counted] })}
          onGo={(screen) => onGo({ screen })}
        />
      );
    case 'case':
      return (
        <OutboxLink
          value={rights.includes('outbox.read') ? (message) => onGo({ screen: 'outbox', message }) : null}
        >
          <CaseScreen key={route.caseId} caseId={route.caseId} onLeave={toDesk} onOpenCase={openCase} />
        </OutboxLink>
      );
    case 'practise':
      return <DrillScreen search={search} onLeave={toDesk} />;
    case 'queue':
      return (
        <QueueScreen key={route.caseNumber} caseNumber={route.caseNumber ?? null} onOpenCase={openCase} />
      );
    case 'cases':
      return <CasesScreen given={route.given ?? null} onOpen={openCase} />;
    case 'audit':
      return <AuditScreen onOpenCase={rights.includes('cases.work') ? openCase : null} />;
    case 'outbox':
      return <OutboxScreen key={route.message?.id} message={route.message ?? null} />;
    case 'requiredResets':
      return <RequiredResetsScreen />;
    case 'accounts':
      return <AccountsScreen rights={rights} />;
    case 'import':
      return <ImportScreen onDone={toDesk} />;
    case 'settings':
      return <SettingsScreen rights={rights} given={route.given} />;
  }
}
