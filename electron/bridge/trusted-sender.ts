/** The parts of Electron's `WebFrameMain` that decide whether it is trusted. */
export interface Frame {
  readonly origin: string;
  readonly parent: Frame | null;
}

/** The sender of a message, such as Electron's `IpcMainInvokeEvent`. `senderFrame` is null once the frame is gone. */
export interface Sender {
  readonly sender: { readonly id: number };
  readonly senderFrame: Frame | null;
}

/** Trusts a message only from the main frame of our window, with our origin in it. */
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
