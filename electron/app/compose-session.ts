import type { ManagedState } from '../../shared/managed/managed-settings.ts';
import { createExpiringMap } from '../../shared/expiring-map/expiring-map.ts';
import type { Secret } from '../../shared/secret/secret.ts';
import type { Vault } from '../features/handover/handover.ts';
import { clipboard as systemClipboard } from 'electron';
import type { EventValue } from '../../shared/bridge/contract.ts';
import type { Emit } from '../bridge/emitter.ts';
import { createPractice } from '../features/drill/practice.ts';
import { createCollectSoon } from '../features/handover/collect-soon.ts';
import { createGuardedClipboard } from '../features/handover/guarded-clipboard.ts';
import { systemSelection } from '../features/handover/system-selection.ts';
import { createLiveEvents } from '../features/live/live-events.ts';
import { createSession } from '../features/session/create-session.ts';
import type { Log } from '../log/log.ts';
import type { Keychain } from '../services/keychain/keychain.ts';
import type { ResetApi } from '../services/reset-api/reset-api.ts';
import type { SettingsFile } from '../services/settings-file/settings-file.ts';
import { maxStaleTokens } from '../services/settings-file/settings.ts';
import { every, type SetTimer } from '../services/timers/timers.ts';

interface Collaborators {
  readonly api: ResetApi;
  readonly keychain: Keychain;
  readonly settings: SettingsFile;
  readonly emit: Emit;
  readonly raise: () => void;
  /** Shows how many requests wait, on the console's icon. */
  readonly showBadge: (waiting: number) => void;
  readonly managed: ManagedState;
  /** Called when a case of this or another operator may have changed. */
  readonly onCaseChanged: () => void;
  readonly onSignedOut: () => void;
  /** Called when the keychain no longer accepts the session's token. */
  readonly onNotKept: () => void;
  readonly log: Log;
  readonly now: () => number;
  readonly setTimer: SetTimer;
}

/** Milliseconds. */
const sweepIntervalMs = 60_000;

/** The operator's session and everything that starts, stops or is cleared with it: secrets, live events, the drill. */
export function composeSession(collaborators: Collaborators) {
  const {
    api,
    keychain,
    settings,
    emit,
    raise,
    showBadge,
    managed,
    onCaseChanged,
    onSignedOut,
    onNotKept,
    log,
    now,
    setTimer,
  } = collaborators;
  const newVault = (): Vault =>
    createExpiringMap<Secret>(now, (secret) => {
      secret.wipe();
      collectSoon();
    });
  const vault = newVault();
  const practiceVault = newVault();
  const collectSoon = createCollectSoon(setTimer);
  const clipboard = createGuardedClipboard({
    clipboard: systemClipboard,
    selection: systemSelection(),
    onChange: (state) => {
      emit('clipboard', state);
    },
    now,
    setTimer,
  });
  const session = createSession({
    api,
    keychain,
    persistRemembered: (tokenKept) => {
      settings.update((before) => (before.tokenKept === tokenKept ? before : { ...before, tokenKept }));
    },
    isStale: (account) => settings.read().staleTokens.includes(account),
    persistStale: (account, isStale) => {
      settings.update((before) => {
        const { staleTokens } = before;
        if (staleTokens.includes(account) === isStale) return before;
        const others = staleTokens.filter((other) => other !== account);
        return { ...before, staleTokens: isStale ? [account, ...others].slice(0, maxStaleTokens) : others };
      });
    },
    onNotKept,
    persistLocked: (locked) => {
      settings.update((before) => (before.locked === locked ? before : { ...before, locked }));
    },
    onChange: (change) => {
      applyChange(change);
    },
    maxIdleSeconds: managed.values.IdleLockSeconds ?? null,
    log,
    now,
    setTimer,
  });
  const { live, locked } = createLiveEvents({
    session,
    emit: (event, value) => {
      emit(event, value);
      if (event === 'live') onCaseChanged();
    },
    raise,
    showBadge,
    log,
    now,
    setTimer,
  });
  const practice = createPractice({ session, vault: practiceVault, clipboard, now });
  // Wipes an expired password even if nothing reads it any more.
  every(sweepIntervalMs, () => {
    vault.sweep();
    practiceVault.sweep();
  });

  const applyChange = (change: EventValue<'session'>['change']): void => {
    if (change !== 'unlocked') {
      emit('concealSecrets', { why: change === 'locked' ? 'lock' : change });
      void clipboard.clear();
    }
    if (change === 'expired' || change === 'signed-out') {
      vault.clear();
      practice.forget();
      showBadge(0);
    }
    if (change === 'signed-out') {
      onSignedOut();
    }
    if (change === 'unlocked') live.start();
    else live.stop();
    emit('session', { change });
    // Runs after the page has been told of the change, because the page expects the number of waiting requests only while it is locked.
    if (change === 'locked') locked.start();
    else locked.stop();
  };
  return { session, vault, clipboard, live, locked, practice };
}
