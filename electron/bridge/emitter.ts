import { eventChannel } from '../../shared/bridge/channels.ts';
import { eventContract, type EventName, type EventValue } from '../../shared/bridge/contract.ts';
import type { Log } from '../log/log.ts';

/** Tells the page something unasked. */
export type Emit = <E extends EventName>(event: E, value: EventValue<E>) => void;

/** `send` reaches the page, or nothing while there is none. Values that do not fit the contract are logged, not sent. */
export function createEmitter(send: (name: string, value: unknown) => void, log: Log): Emit {
  return (event, value) => {
    const checked = eventContract[event].safeParse(value);
    if (checked.success) send(eventChannel(event), checked.data);
    else log.unexpected('event does not fit the contract', event);
  };
}
