import { useEffect } from 'react';
import { KeysOff } from '../keys/screen-keys.ts';
import { Shell } from '../shell/shell.tsx';
import { useConsole } from './console-context.ts';
import { Doors } from './doors.tsx';
import { Locked } from './locked.tsx';
import { SetUp } from './set-up.tsx';
import { SignIn } from './sign-in.tsx';
import { Unreachable } from './unreachable.tsx';

/** Shows what belongs to where the console stands. */
export function Stages() {
  const { state } = useConsole();
  const { stage, session } = state;
  const locked = stage === 'locked';
  useEffect(() => {
    const dialogs = document.getElementById('dialogs');
    if (dialogs === null) return;
    dialogs.hidden = locked;
    dialogs.inert = locked;
  }, [locked]);
  if (stage === 'doors') return <Doors />;
  if (stage === 'unreachable' && session === null) return <Unreachable />;
  if (stage === 'set-up') return <SetUp />;
  if (stage === 'sign-in' || session === null) return locked ? <Locked /> : <SignIn key={session?.id} />;
  // The desk stays where it is under the lock, out of sight and deaf, so that no case is lost by going for a coffee.
  return (
    <>
      {locked && <Locked />}
      <KeysOff value={locked}>
        <div className="shell-place" hidden={locked} inert={locked}>
          <Shell session={session} />
        </div>
      </KeysOff>
    </>
  );
}
