import { locale, setLocale, type Locale } from '../base/locale';
import { readSetting, writeSetting } from '../base/storage';

export type Theme = 'system' | 'light' | 'dark';

class Settings {
  locale = $state<Locale>(locale());
  theme = $state<Theme>('system');
  airy = $state(readSetting('dichte') === 'luftig');

  constructor() {
    const saved = readSetting('thema');
    if (saved === 'light' || saved === 'dark') this.theme = saved;
    this.apply();
  }

  setLocale(next: Locale): void {
    setLocale(next);
    this.locale = next;
    this.apply();
  }
  setTheme(next: Theme): void {
    this.theme = next;
    writeSetting('thema', next);
    this.apply();
  }
  setAiry(next: boolean): void {
    this.airy = next;
    writeSetting('dichte', next ? 'luftig' : 'dicht');
    this.apply();
  }

  private apply(): void {
    const root = document.documentElement;
    root.lang = this.locale;
    if (this.theme === 'system') delete root.dataset['kernTheme'];
    else root.dataset['kernTheme'] = this.theme;
    if (this.airy) root.dataset['dichte'] = 'luftig';
    else delete root.dataset['dichte'];
  }
}

export const settings = new Settings();
