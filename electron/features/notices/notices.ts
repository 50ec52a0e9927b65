import type { Notice } from '../../../shared/bridge/notice.ts';

/** The notices about the console on this computer that the operator has not dismissed yet. */
export interface Notices {
  readonly add: (kind: Notice['kind'], detail?: string | null) => void;
  /** Returns the notices that a reloaded page has to show. */
  readonly list: () => Notice[];
  readonly dismiss: (kind: Notice['kind']) => void;
  /** Sets the listener that is told of new notices from now on. */
  readonly onAdded: (listener: (notice: Notice) => void) => void;
}

/** Collects notices from the first moment, before there is a page that could show them. */
export function createNotices(): Notices {
  const notices = new Map<Notice['kind'], Notice>();
  let tell: (notice: Notice) => void = () => undefined;
  return {
    add: (kind, detail = null) => {
      const added = { kind, detail };
      notices.set(kind, added);
      tell(added);
    },
    list: () => [...notices.values()],
    dismiss: (kind) => {
      notices.delete(kind);
    },
    onAdded: (listener) => {
      tell = listener;
    },
  };
}
