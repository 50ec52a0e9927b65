import type * as directoriesApi from '../../../shared/api/directories.ts';
import type { DirectorySettingsStore } from '../../directories/configured/directory-settings.ts';
import type { Handlers } from './handler.ts';

/** External directories over HTTP; `read` starts a read of all accounts. */
export const createDirectoryHandlers = ({
  settings,
  read,
}: {
  readonly settings: DirectorySettingsStore;
  readonly read: (directoryId: string) => Promise<void>;
}): Handlers<typeof directoriesApi> => ({
  listDirectories: async () => ({ directories: await settings.list() }),
  addDirectory: ({ body, origin }) => settings.add(body, origin),
  changeDirectory: ({ params, body, origin }) => settings.change(params.directoryId, body, origin),
  checkDirectory: ({ body }) => settings.check(body),
  readDirectory: async ({ params: { directoryId } }) => {
    await read(directoryId);
    return settings.view(directoryId);
  },
  allowClosures: ({ params, body, origin }) => settings.allowClosures(params.directoryId, body, origin),
  allowDirectoryChanges: ({ params, body, origin }) =>
    settings.allowChanges(params.directoryId, body, origin),
  removeDirectory: async ({ params, origin }) => ({
    closed: await settings.remove(params.directoryId, origin),
  }),
});
