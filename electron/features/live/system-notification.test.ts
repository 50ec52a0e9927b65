import type { EventEmitter } from 'node:events';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { createSystemNotification as Create } from './system-notification.ts';

const { shown } = vi.hoisted(() => ({ shown: [] as unknown[] }));
vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class Notification extends Emitter {
    static readonly isSupported = () => true;
    isOpen = true;
    readonly options: { readonly actions: readonly { readonly text: string }[] };
    constructor(options: Notification['options']) {
      super();
      this.options = options;
    }
    readonly show = () => void shown.push(this);
    readonly close = () => {
      this.isOpen = false;
    };
  }
  return { Notification };
});

interface Shown extends EventEmitter {
  readonly isOpen: boolean;
  readonly options: { readonly actions: readonly { readonly text: string }[] };
}

describe('a notification of the system', () => {
  afterAll(() => {
    vi.resetModules();
  });
  let events: unknown[];
  let createSystemNotification: typeof Create;
  // Test files share their modules: one may have loaded this module with another Electron.
  beforeEach(async () => {
    vi.resetModules();
    ({ createSystemNotification } = await import('./system-notification.ts'));
    events = [];
    shown.length = 0;
  });
  const show = (caseNumber = 1042) => {
    createSystemNotification({
      emit: (name, value) => void events.push({ name, value }),
      raise: () => void events.push('raise'),
    })({ title: 'Approval requested', body: '', leadsTo: { to: 'queue', caseNumber } });
    return shown.at(-1) as Shown;
  };
  const opened = ['raise', { name: 'navigate', value: { to: 'queue', caseNumber: 1042 } }];

  it('offers to open the console or to wait, and no decision', () => {
    expect(show().options.actions.map(({ text }) => text)).toEqual(['Open', 'Later']);
  });

  it.each([
    ['a click', ['click', {}]],
    ['Open', ['action', { actionIndex: 0 }, 0]],
    ['Open in an older Electron', ['action', {}, 0]],
  ] as const)('leads to the request by %s', (_, [event, ...args]) => {
    show().emit(event, ...args);
    expect(events).toEqual(opened);
  });

  it.each([
    ['Later', [{ actionIndex: 1 }, 1]],
    ['Later in an older Electron', [{}, 1]],
  ] as const)('closes by %s', (_, args) => {
    const notification = show();
    notification.emit('action', ...args);
    expect(events).toEqual([]);
    expect(notification.isOpen).toBe(false);
  });

  it('replaces the one before', () => {
    const notify = createSystemNotification({ emit: () => undefined, raise: () => undefined });
    notify({ title: 'a', body: '' });
    notify({ title: 'b', body: '' });
    expect(shown.map((one) => (one as Shown).isOpen)).toEqual([false, true]);
  });
});
