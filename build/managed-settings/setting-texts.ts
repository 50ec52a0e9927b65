import type { ManagedName, ManagedValues } from '../../shared/managed/managed-settings.ts';

/** The languages of the policy templates, by the folder that Windows looks for. */
export const languages = ['en-US', 'de-DE', 'fr-FR', 'es-ES'] as const;
export type Language = (typeof languages)[number];

/** One text in every language. */
export type Text = Readonly<Record<Language, string>>;

interface SettingText {
  readonly title: Text;
  readonly help: Text;
  /** A label for each choice. */
  readonly choices?: Readonly<Record<string, Text>>;
  /** A value for the example profile and the documentation. */
  readonly example: ManagedValues[ManagedName];
}

const text = (en: string, de: string, fr: string, es: string): Text => ({
  'en-US': en,
  'de-DE': de,
  'fr-FR': fr,
  'es-ES': es,
});

export const productTexts = {
  name: text('Reset Desk', 'Reset Desk', 'Reset Desk', 'Reset Desk'),
  description: text(
    'Settings of the help-desk console Reset Desk.',
    'Einstellungen der Helpdesk-Konsole Reset Desk.',
    'Paramètres de la console d’assistance Reset Desk.',
    'Configuración de la consola de asistencia Reset Desk.',
  ),
  supported: text(
    'Reset Desk 0.1 or later',
    'Reset Desk ab 0.1',
    'Reset Desk 0.1 ou ultérieur',
    'Reset Desk 0.1 o posterior',
  ),
};

/** The texts of each setting. */
export const settingTexts: Readonly<Record<ManagedName, SettingText>> = {
  ServerUrl: {
    title: text('Server address', 'Adresse des Servers', 'Adresse du serveur', 'Dirección del servidor'),
    help: text(
      'The address of the Reset Desk server. The console uses it at its first start, so that an operator only has to sign in. A server on another computer must use https.',
      'Die Adresse des Reset-Desk-Servers. Die Konsole verwendet sie beim ersten Start, sodass sich Bearbeiter nur anmelden müssen. Außer für diesen Computer ist https erforderlich.',
      'L’adresse du serveur Reset Desk. La console l’utilise à son premier démarrage ; l’opérateur n’a plus qu’à se connecter. https est obligatoire, sauf pour cet ordinateur.',
      'La dirección del servidor de Reset Desk. La consola la usa en su primer inicio, de modo que el operador solo inicia sesión. Se exige https, salvo para este equipo.',
    ),
    example: 'https://reset.example.com',
  },
  ServerLocked: {
    title: text('Lock the server', 'Server festlegen', 'Verrouiller le serveur', 'Bloquear el servidor'),
    help: text(
      'Operators cannot choose another server and cannot use this computer without a server. Set the server address as well.',
      'Bearbeiter können weder einen anderen Server wählen noch diesen Computer ohne Server verwenden. Legen Sie auch die Adresse des Servers fest.',
      'Les opérateurs ne peuvent ni choisir un autre serveur ni utiliser cet ordinateur sans serveur. Définissez aussi l’adresse du serveur.',
      'Los operadores no pueden elegir otro servidor ni usar este equipo sin servidor. Establezca también la dirección del servidor.',
    ),
    example: true,
  },
  SignIn: {
    title: text('Way to sign in', 'Art der Anmeldung', 'Mode de connexion', 'Modo de inicio de sesión'),
    help: text(
      'How operators sign in on this computer. The server’s rules apply as well.',
      'Wie sich Bearbeiter an diesem Computer anmelden. Die Regeln des Servers gelten in jedem Fall.',
      'La façon dont les opérateurs se connectent sur cet ordinateur. Les règles du serveur s’appliquent dans tous les cas.',
      'Cómo inician sesión los operadores en este equipo. Las reglas del servidor se aplican en todo caso.',
    ),
    choices: {
      any: text(
        'By password or identity provider',
        'Mit Kennwort oder Identitätsanbieter',
        'Par mot de passe ou fournisseur d’identité',
        'Con contraseña o proveedor de identidad',
      ),
      password: text(
        'By password only',
        'Nur mit Kennwort',
        'Par mot de passe uniquement',
        'Solo con contraseña',
      ),
      provider: text(
        'By identity provider only',
        'Nur mit Identitätsanbieter',
        'Par fournisseur d’identité uniquement',
        'Solo con proveedor de identidad',
      ),
    },
    example: 'provider',
  },
  IdleLockSeconds: {
    title: text(
      'Lock when idle',
      'Bei Untätigkeit sperren',
      'Verrouiller en cas d’inactivité',
      'Bloquear por inactividad',
    ),
    help: text(
      'Seconds without input after which the console locks. If the server requires a shorter time, the shorter time applies.',
      'Sekunden ohne Eingabe, nach denen sich die Konsole sperrt. Verlangt der Server eine kürzere Zeit, gilt die kürzere.',
      'Nombre de secondes sans saisie avant le verrouillage de la console. Si le serveur exige une durée plus courte, c’est elle qui s’applique.',
      'Segundos sin actividad tras los cuales se bloquea la consola. Si el servidor exige un tiempo menor, se aplica el menor.',
    ),
    example: 300,
  },
  DeepLinks: {
    title: text(
      'Links from other programs',
      'Links aus anderen Programmen',
      'Liens d’autres programmes',
      'Enlaces de otros programas',
    ),
    help: text(
      'Whether the console follows links such as resetdesk://account/jdoe from ticket and telephone systems. Links only fill in the search or show a request. On by default.',
      'Ob die Konsole Links wie resetdesk://account/jdoe aus Ticketsystemen und Telefonen folgt. Sie füllen nur die Suche aus oder zeigen eine Anfrage. Standardmäßig ein.',
      'Indique si la console suit les liens tels que resetdesk://account/jdoe des outils de tickets et des téléphones. Ils ne font que remplir la recherche ou afficher une demande. Activé par défaut.',
      'Si la consola sigue enlaces como resetdesk://account/jdoe de sistemas de incidencias y teléfonos. Solo rellenan la búsqueda o muestran una solicitud. Activado de forma predeterminada.',
    ),
    example: true,
  },
  Autostart: {
    title: text(
      'Start with the computer',
      'Mit dem Computer starten',
      'Démarrer avec l’ordinateur',
      'Iniciar con el equipo',
    ),
    help: text(
      'Whether the console starts, without showing its window, when the user signs in to the computer. Off by default.',
      'Ob die Konsole ohne sichtbares Fenster startet, wenn sich der Benutzer am Computer anmeldet. Standardmäßig aus.',
      'Indique si la console démarre, sans afficher sa fenêtre, quand l’utilisateur ouvre sa session. Désactivé par défaut.',
      'Si la consola se inicia, sin mostrar su ventana, cuando el usuario inicia sesión en el equipo. Desactivado de forma predeterminada.',
    ),
    example: false,
  },
  Tray: {
    title: text(
      'Icon in the tray',
      'Symbol im Infobereich',
      'Icône dans la zone de notification',
      'Icono en la bandeja',
    ),
    help: text(
      'Whether the console has an icon in the tray and stays there, with notifications, when its window is closed. Off by default.',
      'Ob die Konsole ein Symbol im Infobereich hat und dort mit ihren Benachrichtigungen bleibt, wenn ihr Fenster geschlossen wird. Standardmäßig aus.',
      'Indique si la console a une icône dans la zone de notification et y reste, avec ses notifications, quand sa fenêtre est fermée. Désactivé par défaut.',
      'Si la consola tiene un icono en la bandeja y permanece allí, con sus notificaciones, al cerrar la ventana. Desactivado de forma predeterminada.',
    ),
    example: false,
  },
  UpdateMode: {
    title: text('Updates', 'Updates', 'Mises à jour', 'Actualizaciones'),
    help: text(
      'What the console does about newer versions: nothing, announce them, or install them when the console quits. Consoles from a .deb, .rpm or MSI package only announce them. The default is to announce them.',
      'Was die Konsole bei neueren Versionen tut: nichts, sie melden oder sie beim Beenden installieren. Pakete mit Paketverwaltung (.deb, .rpm, MSI) melden sie nur. Standardmäßig wird gemeldet.',
      'Ce que fait la console pour les nouvelles versions : rien, les signaler, ou les installer à la fermeture. Les paquets gérés par un gestionnaire (.deb, .rpm, MSI) les signalent seulement. Par défaut, elle les signale.',
      'Qué hace la consola con las versiones nuevas: nada, avisar o instalarlas al salir. Los paquetes con gestor (.deb, .rpm, MSI) solo avisan. De forma predeterminada, avisa.',
    ),
    choices: {
      off: text('Off', 'Aus', 'Désactivées', 'Desactivadas'),
      notify: text('Announce new versions', 'Melden', 'Signaler', 'Avisar'),
      automatic: text(
        'Install when the console quits',
        'Beim Beenden installieren',
        'Installer à la fermeture',
        'Instalar al salir',
      ),
    },
    example: 'automatic',
  },
  UpdateChannel: {
    title: text('Update channel', 'Update-Kanal', 'Canal de mise à jour', 'Canal de actualizaciones'),
    help: text(
      'Which versions the console is offered: only released ones, or also versions that are tested before their release.',
      'Welche Versionen die Konsole angeboten bekommt: freigegebene oder auch solche, die vorher erprobt werden.',
      'Les versions proposées à la console : celles qui sont publiées, ou aussi celles qui sont essayées avant.',
      'Qué versiones se ofrecen a la consola: las publicadas o también las que se prueban antes.',
    ),
    choices: {
      stable: text('Stable', 'Stabil', 'Stable', 'Estable'),
      beta: text('Beta', 'Beta', 'Bêta', 'Beta'),
    },
    example: 'stable',
  },
  UpdateFeedUrl: {
    title: text('Update server', 'Update-Server', 'Serveur de mises à jour', 'Servidor de actualizaciones'),
    help: text(
      'The https address of the folder with the feeds of the channels. Without it, the console uses the address that its server names, if any.',
      'Die https-Adresse, unter der die Feeds der Kanäle liegen. Ohne sie verwendet die Konsole die, die ihr Server nennt, falls er eine nennt.',
      'L’adresse https sous laquelle se trouvent les flux des canaux. Sans elle, la console utilise celle que son serveur indique, le cas échéant.',
      'La dirección https bajo la que están los canales. Sin ella, la consola usa la que indique su servidor, si indica alguna.',
    ),
    example: 'https://updates.example.com/reset-desk',
  },
  ColorScheme: {
    title: text('Colours', 'Farben', 'Couleurs', 'Colores'),
    help: text(
      'Light or dark colours of the window.',
      'Helle oder dunkle Farben des Fensters.',
      'Couleurs claires ou sombres de la fenêtre.',
      'Colores claros u oscuros de la ventana.',
    ),
    choices: {
      system: text('Same as system', 'Wie im System', 'Comme le système', 'Igual que el sistema'),
      light: text('Light', 'Hell', 'Clair', 'Claro'),
      dark: text('Dark', 'Dunkel', 'Sombre', 'Oscuro'),
    },
    example: 'system',
  },
  SpellingLanguage: {
    title: text('Spelling language', 'Buchstabiersprache', 'Langue d’épellation', 'Idioma del deletreo'),
    help: text(
      'The language in which the console spells temporary passwords for operators to read out. The console itself is in English.',
      'Die Sprache, in der die Konsole temporäre Kennwörter zum Vorlesen buchstabiert. Die Konsole selbst ist englisch.',
      'La langue dans laquelle la console épelle les mots de passe temporaires à lire à voix haute. La console elle-même est en anglais.',
      'El idioma en que la consola deletrea las contraseñas temporales para leerlas en voz alta. La propia consola está en inglés.',
    ),
    choices: {
      en: text('English', 'Englisch', 'Anglais', 'Inglés'),
      de: text('German', 'Deutsch', 'Allemand', 'Alemán'),
      fr: text('French', 'Französisch', 'Français', 'Francés'),
    },
    example: 'en',
  },
};
