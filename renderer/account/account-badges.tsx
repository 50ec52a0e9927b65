import type { AccountView } from '../../shared/api/account.ts';
import { clockWords } from '../clock/clock-words.ts';
import { useWords } from '../texts/use-words.ts';
import './account-badges.css';

interface AccountBadgesProps {
  readonly statuses: AccountView['statuses'];
  readonly tier: AccountView['tier'];
  readonly lockedSince?: string | null;
}

/** What stands in the way of a sign-in, and how much a reset needs; in words, with amber for "look twice". */
export function AccountBadges({ statuses, tier, lockedSince = null }: AccountBadgesProps) {
  const words = useWords();
  return (
    <span className="badges">
      {statuses.map((status) => (
        <span key={status} className="badge" data-look-twice={status !== 'active'}>
          {status === 'locked' && lockedSince !== null
            ? words('case.who.lockedSince', { time: clockWords(lockedSince) })
            : words(`case.statuses.${status}`)}
        </span>
      ))}
      <span className="badge">{words(`case.tiers.${tier}`)}</span>
    </span>
  );
}
