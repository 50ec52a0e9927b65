import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConsoleFailure } from '../../electron/failure/console-failure.ts';
import { replaceAppImage } from '../../electron/services/updates/replace-app-image.ts';
import { mountSmallDisk } from '../faults/small-disk.ts';
import { fileOf, keys, newVersion, type UpdateOptions, release, useUpdateServer } from './update-server.ts';

describe('an update of an AppImage from a server with TLS', () => {
  const { at, asked, publish, updatesOf, isOld, isUntouched } = useUpdateServer();

  it('replaces the program that the operator then restarts', async () => {
    publish();
    const { updates, states, seen, restarts } = updatesOf();
    expect(await updates.check()).toMatchObject({
      stage: 'ready',
      version: '1.1.0',
      notes: 'Faster.',
      failure: null,
    });
    expect(states).toEqual(['checking', 'available', 'downloading', 'ready']);
    expect(readFileSync(at.appImage).equals(newVersion)).toBe(true);
    expect(seen).toEqual([{ version: '1.1.0', released: release().released }]);
    expect(restarts()).toBe(0);
    await updates.restart();
    expect(restarts()).toBe(1);
    // Once prepared, the feed is no longer asked.
    asked.length = 0;
    await updates.check();
    expect(asked).toEqual([]);
  });

  it('is only told of where the organisation wants to be told, until the operator asks for it', async () => {
    publish();
    const { updates } = updatesOf({ mode: 'notify' });
    expect(await updates.check()).toMatchObject({ stage: 'available', replacesItself: true });
    isUntouched();
    expect(asked.toSorted()).toEqual(['/updates/stable/feed.json', '/updates/stable/feed.json.sig']);
    expect(await updates.fetch()).toMatchObject({ stage: 'ready' });
    expect(readFileSync(at.appImage).equals(newVersion)).toBe(true);
  });

  it('is left to the package manager in a package that has one', async () => {
    publish();
    const { updates } = updatesOf({ kind: null });
    expect(await updates.check()).toMatchObject({ stage: 'available', replacesItself: false });
    expect(await updates.fetch()).toMatchObject({ stage: 'available' });
    isUntouched();
  });

  it('is not looked for unless updates are on and come from a server and key', async () => {
    publish();
    expect(await updatesOf({ mode: 'off' }).updates.check()).toMatchObject({ stage: 'unchecked' });
    expect(await updatesOf({ url: null }).updates.check()).toMatchObject({ stage: 'no-feed' });
    expect(await updatesOf({ publicKey: '' }).updates.check()).toMatchObject({ stage: 'no-feed' });
    expect(asked).toEqual([]);
  });

  it('does not restart in the middle of a case, and is offered again when the case has ended', async () => {
    publish();
    let isBusy = true;
    const { updates, offered, restarts } = updatesOf({ isBusy: async () => isBusy });
    await updates.check();
    await expect(updates.restart()).rejects.toThrow('update.busy');
    await updates.offerAgain();
    expect([offered, restarts()]).toEqual([[], 0]);
    isBusy = false;
    await updates.offerAgain();
    await updates.offerAgain();
    expect(offered).toEqual(['1.1.0']);
    await updates.restart();
    expect(restarts()).toBe(1);
  });

  it('is not offered again if no restart was refused', async () => {
    publish();
    const { updates, offered } = updatesOf();
    await updates.check();
    await updates.offerAgain();
    expect(offered).toEqual([]);
  });

  it('does not restart while the server cannot say whether a case is open', async () => {
    publish();
    const { updates, restarts } = updatesOf({
      isBusy: () => Promise.reject(new ConsoleFailure('server.unreachable')),
    });
    await updates.check();
    await expect(updates.restart()).rejects.toThrow('server.unreachable');
    expect(restarts()).toBe(0);
  });

  it('is offered to the share of the installations that the feed names', async () => {
    publish(release({ share: 0 }));
    expect(await updatesOf().updates.check()).toMatchObject({ stage: 'current', version: null });
    isUntouched();
  });

  it('is offered to a larger share by a feed that was signed later', async () => {
    publish(release({ share: 0 }));
    const { updates } = updatesOf();
    expect(await updates.check()).toMatchObject({ stage: 'current' });
    publish(release({ released: '2026-11-30T08:00:00.000Z' }));
    expect(await updates.check()).toMatchObject({ stage: 'ready' });
  });

  it.each(['1.0.0', '1.1.0-beta.3', '0.9.9'])(
    'is none if the feed names %s where this is 1.1.0',
    async (version) => {
      publish(release({ version, files: [] }));
      expect(await updatesOf({ version: '1.1.0' }).updates.check()).toMatchObject({ stage: 'current' });
      isUntouched();
    },
  );

  it.each<[string, () => UpdateOptions | undefined, string]>([
    [
      'another key has signed the feed',
      () => {
        publish(release(), newVersion, keys().privateKey);
        return {};
      },
      'update.signature-wrong',
    ],
    [
      'the feed was changed after it was signed',
      () => {
        publish();
        const path = '/updates/stable/feed.json';
        at.files.set(path, Buffer.from(String(at.files.get(path)).replace('1.1.0', '1.2.0')));
        return {};
      },
      'update.signature-wrong',
    ],
    [
      'the signature is missing',
      () => {
        publish();
        at.files.set('/updates/stable/feed.json.sig', Buffer.from(''));
        return {};
      },
      'update.signature-wrong',
    ],
    [
      'the feed is older than one that was seen before',
      () => {
        publish();
        return { newestSeen: { version: '1.2.0', released: null } };
      },
      'update.older',
    ],
    [
      'a feed with another share was signed later for the same version',
      () => {
        publish();
        return { newestSeen: { version: '1.1.0', released: '2026-11-29T08:00:00.001Z' } };
      },
      'update.older',
    ],
    [
      'the feed of another channel was put in its place',
      () => {
        publish(release({ channel: 'beta' }));
        for (const name of ['feed.json', 'feed.json.sig'])
          at.files.set(`/updates/stable/${name}`, at.files.get(`/updates/beta/${name}`) as Buffer);
        return {};
      },
      'update.feed-invalid',
    ],
    [
      'the package has another sum',
      () => {
        publish(release(), Buffer.from(newVersion).fill('x', 0, 1));
        return {};
      },
      'update.sum-wrong',
    ],
    [
      'the package is longer than announced',
      () => {
        publish(release(), Buffer.concat([newVersion, newVersion]));
        return {};
      },
      'update.sum-wrong',
    ],
    [
      'the package is shorter than announced',
      () => {
        publish(release(), newVersion.subarray(1));
        return {};
      },
      'update.sum-wrong',
    ],
    [
      'the package is missing',
      () => {
        publish();
        at.files.delete('/updates/stable/reset-desk-1.1.0-x64.AppImage');
        return {};
      },
      'update.unreachable',
    ],
    [
      'the server breaks off in the middle of the package',
      () => {
        publish();
        at.files.set('/updates/stable/reset-desk-1.1.0-x64.AppImage', (_request, response) => {
          response.writeHead(200, { 'Content-Length': newVersion.length });
          response.write(newVersion.subarray(0, 1000), () => response.destroy());
        });
        return {};
      },
      'update.unreachable',
    ],
    [
      'the server sends it elsewhere',
      () => {
        publish();
        at.files.set('/updates/stable/feed.json', (_request, response) => {
          response.writeHead(302, { Location: `${at.base}/stable/feed.json.sig` }).end();
        });
        return {};
      },
      'update.unreachable',
    ],
    ['the server has no feed', () => ({}), 'update.unreachable'],
    [
      'the feed is huge',
      () => {
        publish();
        at.files.set('/updates/stable/feed.json', Buffer.alloc(300 * 1024));
        return {};
      },
      'update.unreachable',
    ],
    ['nothing listens', () => ({ url: 'https://127.0.0.1:1' }), 'update.unreachable'],
    ['its certificate is not trusted', () => (publish(), { trusted: false }), 'update.unreachable'],
    [
      'it is not encrypted',
      () => (publish(), { url: at.base.replace('https', 'http') }),
      'update.unreachable',
    ],
    ['the drive is nearly full', () => (publish(), { freeBytes: newVersion.length }), 'update.disk-full'],
  ])('is refused without a change of the old version if %s', async (_why, arrange, code) => {
    const { updates, lines, restarts } = updatesOf(arrange());
    expect(await updates.check()).toMatchObject({ stage: 'failed', failure: { code } });
    isUntouched();
    expect(lines.join()).toContain(code);
    await updates.restart();
    expect(restarts()).toBe(0);
  });

  it('is refused without a change of the old version if the drive fills up while it is written', async (context) => {
    const disk = mountSmallDisk(1);
    if (disk === null) return context.skip();
    try {
      publish();
      disk.fill();
      const downloads = join(disk.folder, 'downloads');
      const { updates } = updatesOf({ downloads, freeBytes: 1024 ** 3 });
      expect(await updates.check()).toMatchObject({ stage: 'failed', failure: { code: 'update.disk-full' } });
      isOld();
      expect(existsSync(downloads)).toBe(false);
      disk.makeRoom();
      expect(await updates.check()).toMatchObject({ stage: 'ready' });
    } finally {
      disk.remove();
    }
  });

  it('is refused without a change of the old version if its folder cannot be written', async () => {
    const downloaded = join(at.folder, 'downloaded');
    writeFileSync(downloaded, newVersion);
    await expect(
      replaceAppImage(join(at.folder, 'missing', 'x.AppImage'), downloaded, fileOf(newVersion)),
    ).rejects.toThrow('update.unwritable');
    writeFileSync(downloaded, 'something else');
    await expect(replaceAppImage(at.appImage, downloaded, fileOf(newVersion))).rejects.toThrow(
      'update.sum-wrong',
    );
    isOld();
    expect(existsSync(`${at.appImage}.new`)).toBe(false);
    if (process.getuid?.() === 0) return;
    chmodSync(at.folder, 0o500);
    await expect(replaceAppImage(at.appImage, downloaded, fileOf(newVersion))).rejects.toThrow(
      'update.unwritable',
    );
    chmodSync(at.folder, 0o700);
  });
});
