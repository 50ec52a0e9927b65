import { useCallback, useContext, useEffect, useRef, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { SessionView } from '../../shared/api/session.ts';
import { useConsole } from '../app/console-context.ts';
import { useConsoleBridge, valueOf } from '../bridge/console-bridge.ts';
import { CaseScreen } from '../case/case-screen.tsx';
import { CasesScreen } from '../cases/cases-screen.tsx';
import { AccountSearch } from '../desk/account-search.tsx';
import { DeskScreen } from '../desk/desk-screen.tsx';
import { ImportScreen } from '../import/import-screen.tsx';
import { KeysOff, useScreenKeys } from '../keys/screen-keys.ts';
import { OutboxScreen } from '../outbox/outbox-screen.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { Banner } from './banner.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { Rail } from './rail.tsx';
import type { Screen } from './screen.ts';
import { TopBarSlot } from './top-bar-slot.tsx';
import { useActivity } from './use-activity.ts';
import './shell.css';

/** The frame around every screen of a signed-in operator. */
export function Shell({ session }: { readonly session: SessionView }) {
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const { state, reread, replace } = useConsole();
  const locked = useContext(KeysOff);
  const [screen, setScreen] = useState<Screen>({ name: 'desk' });
  const [keys, setKeys] = useState(false);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const { rights } = session.operator;

  const toSearch = useCallback(() => {
    search.current?.focus();
    search.current?.select();
  }, []);
  const lock = useCallback(async () => {
    const result = await bridge.session.lock();
    if (result.ok) await reread();
  }, [bridge, reread]);
  const signOut = async () => {
    await bridge.session.signOut();
    await reread();
  };
  const openCase = useCallback((caseId: string) => setScreen({ name: 'case', caseId }), []);
  const toDesk = useCallback(() => {
    setScreen({ name: 'desk' });
    void client.invalidateQueries({ queryKey: ['desk'] });
  }, [client]);

  useActivity(bridge, !locked);
  useEffect(
    () =>
      bridge.on('navigate', ({ to }) => {
        if (locked) return;
        if (to === 'search') toSearch();
        else if (to === 'keys') setKeys(true);
        else if (to === 'lock') void lock();
        else if (to !== 'import' || rights.includes('accounts.import')) setScreen({ name: to });
      }),
    [bridge, locked, lock, rights, toSearch],
  );
  useScreenKeys((event) => {
    if (event.key !== '?') return false;
    setKeys(true);
    return true;
  });
  useEffect(() => {
    if (locked) return;
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      toSearch();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [locked, toSearch]);

  const outbox = useQuery({
    queryKey: ['outbox'],
    queryFn: () => valueOf(bridge.outbox.list({ query: {} })),
    enabled: rights.includes('outbox.read'),
  });
  return (
    <div className="shell">
      <Rail
        here={screen.name}
        operator={session.operator}
        outbox={outbox.data?.active === true}
        connection={state.stage === 'unreachable' ? 'offline' : (state.connection?.state ?? 'connected')}
        onGo={(to) => (to === 'desk' ? toDesk() : setScreen({ name: to }))}
        onLock={() => void lock()}
        onSignOut={() => void signOut()}
        onKeys={() => setKeys(true)}
      />
      <header className="top-bar">
        {screen.name !== 'desk' && (
          <div className="top-bar-search">
            <AccountSearch inputRef={search} place="bar" onCase={openCase} />
          </div>
        )}
        <div className="top-bar-slot" ref={setSlot} />
      </header>
      <TopBarSlot value={slot}>
        <div className="page">
          {screen.name === 'desk' && (
            <DeskScreen
              searchRef={search}
              mayImport={rights.includes('accounts.import')}
              onCase={openCase}
              onImport={() => setScreen({ name: 'import' })}
            />
          )}
          {screen.name === 'case' && (
            <CaseScreen key={screen.caseId} caseId={screen.caseId} onLeave={toDesk} />
          )}
          {screen.name === 'cases' && <CasesScreen onOpen={openCase} />}
          {screen.name === 'outbox' && <OutboxScreen />}
          {screen.name === 'import' && <ImportScreen onDesk={toDesk} />}
          {screen.name === 'settings' && (
            <SettingsScreen rights={rights} onDisconnected={replace} onKeys={() => setKeys(true)} />
          )}
        </div>
      </TopBarSlot>
      <Banner />
      {keys && <KeysDialog onClose={() => setKeys(false)} />}
    </div>
  );
}
