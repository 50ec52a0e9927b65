import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { product, type Processor } from '../identity.ts';
import { run } from '../run.ts';
import type { Compression } from './deb.ts';
import { layOutRoot, packageVersion, type LinuxSources } from './tree.ts';

/** Fedora's names; RHEL 9 has the same. */
const needs =
  'alsa-lib at-spi2-core gtk3 libXScrnSaver libXtst libdrm libnotify libsecret mesa-libgbm nss xdg-utils'.split(
    ' ',
  );

export const rpmArch = { x64: 'x86_64', arm64: 'aarch64' } as const satisfies Record<Processor, string>;

function spec(tree: string, version: string, compression: Compression): string {
  const { id, backendCommand, linux } = product;
  return `%global __os_install_post %{nil}
%global debug_package %{nil}
%global _build_id_links none
%global _binary_payload ${compression === 'fast' ? 'w1.zstdio' : 'w19.zstdio'}
Name: ${id}
Version: ${packageVersion(version)}
Release: 1
Summary: ${product.summary}
License: Proprietary
URL: ${product.homepage}
Vendor: ${product.maintainer.name}
AutoReqProv: no
Requires: ${needs.join(', ')}
Requires(pre): shadow-utils
Recommends: gnome-keyring
Provides: user(${linux.service.user}), group(${linux.service.user})

%description
${product.description.join('\n')}

%install
mkdir -p %{buildroot}
cp -al ${tree}/. %{buildroot}/

%pre
getent group ${linux.service.user} >/dev/null || groupadd --system ${linux.service.user}
getent passwd ${linux.service.user} >/dev/null || useradd --system --gid ${linux.service.user} --home-dir ${linux.service.data} --shell /usr/sbin/nologin --comment "${product.name} backend" ${linux.service.user}

%post
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload || :
  [ "$1" = 1 ] || systemctl try-restart ${backendCommand}.service || :
fi

%preun
if [ "$1" = 0 ] && [ -d /run/systemd/system ]; then
  systemctl disable --now ${backendCommand}.service >/dev/null 2>&1 || :
fi

%postun
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload || :
fi

%files
%defattr(-,root,root,-)
${linux.folder}
%attr(4755,root,root) ${linux.folder}/chrome-sandbox
/usr/bin/*
/usr/lib/systemd/system/${backendCommand}.service
/usr/lib/sysusers.d/${id}.conf
/usr/share/applications/${id}.desktop
/usr/share/doc/${id}
/usr/share/icons/hicolor/*/apps/*
/usr/share/man/man*/*
`;
}

/** Builds the `.rpm` with `rpmbuild` in the folder `out`, and answers its path. */
export async function buildRpm(
  sources: LinuxSources,
  arch: Processor,
  compression: Compression,
  out: string,
): Promise<string> {
  const { version, date } = sources;
  const work = join(out, 'rpm');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const tree = join(work, 'tree');
  await layOutRoot(tree, 'rpm', sources);
  const specFile = join(work, `${product.id}.spec`);
  writeFileSync(specFile, spec(tree, version, compression));
  await run(
    'rpmbuild',
    [
      '-bb',
      '--target',
      rpmArch[arch],
      '--define',
      `_topdir ${work}/build`,
      '--define',
      `_rpmdir ${work}`,
      specFile,
    ],
    { env: { ...process.env, SOURCE_DATE_EPOCH: String(Math.floor(date.getTime() / 1000)) } },
  );
  const nameOf = (shown: string) => `${product.id}-${shown}-1.${rpmArch[arch]}.rpm`;
  const file = join(out, nameOf(version));
  renameSync(join(work, rpmArch[arch], nameOf(packageVersion(version))), file);
  rmSync(work, { recursive: true, force: true });
  return file;
}
