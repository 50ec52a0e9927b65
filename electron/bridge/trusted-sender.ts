/** A frame as far as trust in it goes; Electron's `WebFrameMain` is one. */
export interface Frame {
  readonly origin: string;
  readonly parent: Frame | null;
}

/** Who sent a message; Electron's `IpcMainInvokeEvent` is one. `senderFrame` is null once the frame is gone. */
export interface Sender {
  readonly sender: { readonly id: number };
  readonly senderFrame: Frame | null;
}

/** Decides whether a message may be answered: from our window, from its main frame, from our origin. */
export function createTrustedSender(ours: {
  readonly windowId: () => number | null;
  readonly origin: string;
}) {
  return ({ sender, senderFrame }: Sender): boolean =>
    senderFrame !== null &&
    senderFrame.parent === null &&
    senderFrame.origin === ours.origin &&
    sender.id === ours.windowId();
}
