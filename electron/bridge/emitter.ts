import { eventChannel } from '../../shared/bridge/channels.ts';
import { eventContract, type EventName, type EventValue } from '../../shared/bridge/contract.ts';
import type { Log } from '../log/log.ts';

/** Sends an event to the page. */
export type Emit = <E extends EventName>(event: E, value: EventValue<E>) => void;

/** `send` reaches the page, and does nothing while no page exists. A value that does not match the contract is logged, not sent. */
export function createEmitter(send: (name: string, value: unknown) => void, log: Log): Emit {
  return (event, value) => {
    const checked = eventContract[event].safeParse(value);
    if (checked.success) send(eventChannel(event), checked.data);
    else log.unexpected('event does not match the contract', event);
  };
}
