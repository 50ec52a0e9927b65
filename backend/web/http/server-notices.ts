import type { ServerNotice } from '../../../shared/api/server-notice.ts';

/** The configuration faults that requests have revealed since the start: logged once for each kind, and kept for the settings. */
export interface ServerNotices {
  add(notice: ServerNotice): void;
  list(): readonly ServerNotice[];
}

export function createServerNotices(
  log: (event: string, facts: Readonly<Record<string, string>>) => void,
): ServerNotices {
  const notices = new Map<ServerNotice['code'], ServerNotice>();
  return {
    add(notice) {
      if (notices.has(notice.code)) return;
      notices.set(notice.code, notice);
      const { code, set, proxy } = notice;
      log(code, { set, ...(proxy !== null && { proxy }) });
    },
    list: () => [...notices.values()],
  };
}
