import { product } from '../identity.ts';

const { name, id, linux, backendCommand, maintainer, version, summary } = product;

const comments = {
  de: 'Anrufende prüfen und ihren Zugang wiederherstellen',
  es: 'Verificar a quien llama y restablecer su acceso',
  fr: 'Vérifier la personne qui appelle et rétablir son accès',
} as const;

const genericNames = {
  de: 'Konsole für den Helpdesk',
  es: 'Consola del servicio de asistencia',
  fr: 'Console du centre d’assistance',
} as const;

const translated = (key: string, texts: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(texts).map(([language, text]) => `${key}[${language}]=${text}`);

/** The desktop entry: menu, deep links and the window's icon. `%U` takes a link, or nothing. */
export const desktopEntry = (executable: string): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.4',
    `Name=${name}`,
    'GenericName=Help-desk console',
    ...translated('GenericName', genericNames),
    'Comment=Verify a caller and restore their access',
    ...translated('Comment', comments),
    `Exec=${executable} %U`,
    `Icon=${id}`,
    'Terminal=false',
    'StartupNotify=true',
    `StartupWMClass=${name}`,
    `Categories=${linux.category};`,
    'Keywords=password;reset;help desk;service desk;',
    `MimeType=${product.protocols.map(({ scheme }) => `x-scheme-handler/${scheme};`).join('')}`,
    '',
  ].join('\n');

/** The unit is installed and not enabled: most computers with the package run the console alone. */
export const serviceUnit = (): string => {
  const { user, data, environment } = linux.service;
  return `[Unit]
Description=${name} backend
Documentation=man:${backendCommand}(8) ${product.homepage}
After=network-online.target postgresql.service
Wants=network-online.target

[Service]
User=${user}
Group=${user}
Environment=RESET_DESK_DATA=${data} HOME=${data}
EnvironmentFile=-${environment}
ExecStart=/usr/bin/${backendCommand}
StateDirectory=${data.replace('/var/lib/', '')}
StateDirectoryMode=0700
UMask=0077
Restart=on-failure
RestartSec=2
# A wrong configuration, or a data folder that an administrator has to mend: another start would fail in the same way.
RestartPreventExitStatus=78
TimeoutStopSec=15

NoNewPrivileges=true
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=true
PrivateTmp=true
PrivateDevices=true
PrivateMounts=true
DevicePolicy=closed
ProtectHostname=true
ProtectClock=true
ProtectKernelTunables=true
ProtectKernelModules=true
ProtectKernelLogs=true
ProtectControlGroups=true
ProtectProc=invisible
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=true
RestrictRealtime=true
RestrictSUIDSGID=true
LockPersonality=true
RemoveIPC=true
KeyringMode=private
SystemCallArchitectures=native
# Electron asks for a few more calls at its start and goes on without them, so that a refusal must be an error and not the end.
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
# The engine compiles JavaScript to memory that it then runs: MemoryDenyWriteExecute= would end it.
# Secrets of a crashed process must not reach a disk.
LimitCORE=0

[Install]
WantedBy=multi-user.target
`;
};

export const sysusersEntry = (): string =>
  `u ${linux.service.user} - "${name} backend" ${linux.service.data}\n`;

/** Values of the templates in this folder: `@NAME@`. */
export const templateValues = (date: Date): Readonly<Record<string, string>> => ({
  NAME: name,
  ID: id,
  BACKEND: backendCommand,
  VERSION: version,
  SUMMARY: summary,
  FOLDER: linux.folder,
  HOMEPAGE: product.homepage,
  MAINTAINER: `${maintainer.name} <${maintainer.email}>`,
  COPYRIGHT: product.copyright,
  SCHEME: product.protocols[0].scheme,
  USER: linux.service.user,
  DATA: linux.service.data,
  ENVIRONMENT: linux.service.environment,
  DAY: date.toISOString().slice(0, 10),
});
