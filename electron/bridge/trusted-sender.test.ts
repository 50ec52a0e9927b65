import { describe, expect, it } from 'vitest';
import { createTrustedSender, type Frame, type Sender } from './trusted-sender.ts';

const origin = 'app://reset-desk';
const mainFrame: Frame = { origin, parent: null };
const ours: Sender = { sender: { id: 1 }, senderFrame: mainFrame };

describe('a trusted sender', () => {
  const trusted = createTrustedSender({ windowId: () => 1, origin });

  it("is our window's main frame on our origin", () => {
    expect(trusted(ours)).toBe(true);
  });

  it.each<[string, Sender]>([
    ['another window', { ...ours, sender: { id: 2 } }],
    ['a frame inside the page', { ...ours, senderFrame: { origin, parent: mainFrame } }],
    ['a frame that is gone', { ...ours, senderFrame: null }],
    ['a web page', { ...ours, senderFrame: { origin: 'https://reset-desk', parent: null } }],
    ['another host of the scheme', { ...ours, senderFrame: { origin: 'app://other', parent: null } }],
    ['a longer host', { ...ours, senderFrame: { origin: `${origin}.example.com`, parent: null } }],
    ['an opaque origin', { ...ours, senderFrame: { origin: 'null', parent: null } }],
    ['a file', { ...ours, senderFrame: { origin: 'file://', parent: null } }],
  ])('is not %s', (_what, sender) => {
    expect(trusted(sender)).toBe(false);
  });

  it('does not exist while there is no window', () => {
    expect(createTrustedSender({ windowId: () => null, origin })(ours)).toBe(false);
  });
});
