import { join } from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';

/** The system's file dialogs, modal to the window if it is open. Null if the user cancelled. */
export interface FileDialogs {
  readonly chooseFile: () => Promise<string | null>;
  /** Asks where to save; offers the name `suggested` in the user's documents folder. */
  readonly chooseTarget: (suggested: string) => Promise<string | null>;
}

export const createFileDialogs = (window: () => BrowserWindow | null): FileDialogs => ({
  async chooseFile() {
    const parent = window();
    const options: Electron.OpenDialogOptions = {
      title: 'Choose an account file',
      properties: ['openFile'],
      filters: [
        { name: 'CSV and Excel', extensions: ['csv', 'txt', 'tsv', 'xlsx'] },
        { name: 'All files', extensions: ['*'] },
      ],
    };
    const answer = parent
      ? await dialog.showOpenDialog(parent, options)
      : await dialog.showOpenDialog(options);
    return answer.canceled ? null : (answer.filePaths[0] ?? null);
  },
  async chooseTarget(suggested) {
    const parent = window();
    const options = { defaultPath: join(app.getPath('documents'), suggested) };
    const answer = parent
      ? await dialog.showSaveDialog(parent, options)
      : await dialog.showSaveDialog(options);
    return answer.canceled || answer.filePath === '' ? null : answer.filePath;
  },
});
