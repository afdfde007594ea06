import { texts } from '../../base/texts';

export const t = texts({
  de: {
    titel: 'Anmelden',
    claim: 'Die elektronische Akte Ihrer Verwaltung.',
    mandant: 'Verwaltung',
    name: 'Anmeldename',
    passwort: 'Passwort',
    anmelden: 'Anmelden',
    laeuft: 'Wird angemeldet …',
    nameFehlt: 'Bitte geben Sie Ihren Anmeldenamen ein.',
    passwortFehlt: 'Bitte geben Sie Ihr Passwort ein.',
    demoTitel: 'Zum Ausprobieren',
    demoText: 'Diese Installation enthält erfundene Daten. Wählen Sie eine Person, um sie kennenzulernen.',
  },
  en: {
    titel: 'Log in',
    claim: 'The electronic file of your administration.',
    mandant: 'Administration',
    name: 'Login name',
    passwort: 'Password',
    anmelden: 'Log in',
    laeuft: 'Logging in …',
    nameFehlt: 'Please enter your login name.',
    passwortFehlt: 'Please enter your password.',
    demoTitel: 'To try it out',
    demoText: 'This installation holds made-up data. Choose a person to look around.',
  },
});
