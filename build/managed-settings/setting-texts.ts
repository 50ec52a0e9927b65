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
      'Die Adresse des Reset-Desk-Servers. Die Konsole verwendet sie beim ersten Start, sodass sich Bearbeiter nur anmelden müssen. Für einen Server auf einem anderen Computer ist https erforderlich.',
      'L’adresse du serveur Reset Desk. La console l’utilise à son premier démarrage : l’opérateur n’a plus qu’à se connecter. https est obligatoire pour un serveur situé sur un autre ordinateur.',
      'La dirección del servidor de Reset Desk. La consola la usa en su primer inicio, de modo que el operador solo tiene que iniciar sesión. Un servidor situado en otro equipo debe usar https.',
    ),
    example: 'https://reset.example.com',
  },
  ServerLocked: {
    title: text('Lock the server', 'Server vorgeben', 'Imposer le serveur', 'Imponer el servidor'),
    help: text(
      'Operators cannot choose another server and cannot use this computer without a server. Set the server address as well.',
      'Bearbeiter können weder einen anderen Server wählen noch diesen Computer ohne Server verwenden. Legen Sie auch die Adresse des Servers fest.',
      'Les opérateurs ne peuvent ni choisir un autre serveur ni utiliser cet ordinateur sans serveur. Définissez aussi l’adresse du serveur.',
      'Los operadores no pueden elegir otro servidor ni usar este equipo sin servidor. Establezca también la dirección del servidor.',
    ),
    example: true,
  },
  SignIn: {
    title: text('Sign-in method', 'Anmeldemethode', 'Méthode de connexion', 'Método de inicio de sesión'),
    help: text(
      'How operators sign in on this computer. The server’s rules apply as well.',
      'Legt fest, wie sich Bearbeiter auf diesem Computer anmelden. Die Regeln des Servers gelten zusätzlich.',
      'Détermine comment les opérateurs se connectent sur cet ordinateur. Les règles du serveur s’appliquent également.',
      'Determina cómo inician sesión los operadores en este equipo. También se aplican las reglas del servidor.',
    ),
    choices: {
      any: text(
        'By password or identity provider',
        'Mit Kennwort oder über Identitätsanbieter',
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
        'Nur über Identitätsanbieter',
        'Par fournisseur d’identité uniquement',
        'Solo con proveedor de identidad',
      ),
    },
    example: 'provider',
  },
  IdleLockSeconds: {
    title: text(
      'Lock when idle',
      'Bei Inaktivität sperren',
      'Verrouiller en cas d’inactivité',
      'Bloquear por inactividad',
    ),
    help: text(
      'Seconds without input after which the console locks. If the server requires a shorter time, the shorter time applies.',
      'Anzahl der Sekunden ohne Eingabe, nach denen die Konsole gesperrt wird. Verlangt der Server eine kürzere Zeit, gilt diese.',
      'Nombre de secondes sans saisie avant le verrouillage de la console. Si le serveur exige une durée plus courte, c’est elle qui s’applique.',
      'Número de segundos sin actividad tras los cuales se bloquea la consola. Si el servidor exige un tiempo menor, se aplica el menor.',
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
      'Legt fest, ob die Konsole Links wie resetdesk://account/jdoe aus Ticket- und Telefonsystemen öffnet. Ein solcher Link füllt nur die Suche aus oder zeigt eine Anfrage an. Standardmäßig aktiviert.',
      'Détermine si la console ouvre les liens tels que resetdesk://account/jdoe provenant des systèmes de tickets et de téléphonie. Un lien ne fait que remplir la recherche ou afficher une demande. Activé par défaut.',
      'Determina si la consola abre enlaces como resetdesk://account/jdoe procedentes de sistemas de incidencias y de telefonía. Un enlace solo rellena la búsqueda o muestra una solicitud. Activado de forma predeterminada.',
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
      'Legt fest, ob die Konsole im Hintergrund startet, wenn sich der Benutzer am Computer anmeldet. Standardmäßig deaktiviert.',
      'Détermine si la console démarre, sans afficher sa fenêtre, quand l’utilisateur ouvre sa session. Désactivé par défaut.',
      'Determina si la consola se inicia, sin mostrar su ventana, cuando el usuario inicia sesión en el equipo. Desactivado de forma predeterminada.',
    ),
    example: false,
  },
  Tray: {
    title: text(
      'Icon in the tray',
      'Symbol im Infobereich',
      'Icône dans la zone de notification',
      'Icono en el área de notificación',
    ),
    help: text(
      'Whether the console has an icon in the tray and stays there, with notifications, when its window is closed. Off by default.',
      'Legt fest, ob die Konsole ein Symbol im Infobereich anzeigt und nach dem Schließen ihres Fensters dort weiterläuft und benachrichtigt. Standardmäßig deaktiviert.',
      'Détermine si la console affiche une icône dans la zone de notification et y reste active, avec ses notifications, après la fermeture de sa fenêtre. Désactivé par défaut.',
      'Determina si la consola muestra un icono en el área de notificación y sigue activa allí, con sus notificaciones, al cerrar la ventana. Desactivado de forma predeterminada.',
    ),
    example: false,
  },
  UpdateMode: {
    title: text('Updates', 'Updates', 'Mises à jour', 'Actualizaciones'),
    help: text(
      'What the console does about newer versions: nothing, announce them, or install them when the console quits. Consoles from a .deb, .rpm or MSI package only announce them. The default is to announce them.',
      'Legt fest, was die Konsole bei neuen Versionen tut: nichts, sie melden oder sie beim Beenden installieren. Eine Konsole aus einem .deb-, .rpm- oder MSI-Paket meldet sie nur. Standardmäßig werden neue Versionen gemeldet.',
      'Détermine ce que fait la console des nouvelles versions : rien, les signaler ou les installer à la fermeture. Une console issue d’un paquet .deb, .rpm ou MSI les signale seulement. Par défaut, la console les signale.',
      'Determina qué hace la consola con las versiones nuevas: nada, avisar o instalarlas al salir. Una consola instalada con un paquete .deb, .rpm o MSI solo avisa. De forma predeterminada, avisa.',
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
      'Legt fest, welche Versionen der Konsole angeboten werden: nur veröffentlichte oder auch solche, die vor der Veröffentlichung erprobt werden.',
      'Détermine les versions proposées à la console : seulement les versions publiées, ou aussi celles qui sont testées avant leur publication.',
      'Determina qué versiones se ofrecen a la consola: solo las publicadas o también las que se prueban antes de su publicación.',
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
      'Die https-Adresse des Ordners mit den Feeds der Kanäle. Ist keine angegeben, verwendet die Konsole die Adresse, die ihr Server gegebenenfalls nennt.',
      'L’adresse https du dossier qui contient les flux des canaux. À défaut, la console utilise l’adresse indiquée par son serveur, le cas échéant.',
      'La dirección https de la carpeta con los canales. Si no se define, la consola usa la dirección que indique su servidor, si indica alguna.',
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
