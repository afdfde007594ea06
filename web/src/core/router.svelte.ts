import type { Component } from 'svelte';

export interface ScreenProps {
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
}

/** One address pattern (`/vorgaenge/:id`) and the screen behind it, loaded when first visited. */
export interface Screen {
  pattern: string;
  title: () => string;
  load: () => Promise<{ default: Component<ScreenProps> }>;
  /** Reachable without a session. */
  open?: boolean;
}

export interface Match {
  screen: Screen;
  params: Record<string, string>;
}

/** The parameters when `path` fits `pattern`; segments that start with `:` take any one segment. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/').filter((part) => part !== '');
  const given = path.split('/').filter((part) => part !== '');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return params;
}

export function findScreen(screens: readonly Screen[], path: string): Match | undefined {
  for (const screen of screens) {
    const params = matchPath(screen.pattern, path);
    if (params !== undefined) return { screen, params };
  }
  return undefined;
}

class Location {
  path = $state(window.location.pathname);
  query = $state.raw(new URLSearchParams(window.location.search));

  read(): void {
    this.path = window.location.pathname;
    this.query = new URLSearchParams(window.location.search);
  }
}

export const place = new Location();

/** Goes to an address of this program. `replace` leaves no trace in the browser's history (moving through a list). */
export function go(address: string, options: { replace?: boolean } = {}): void {
  if (address === window.location.pathname + window.location.search) return;
  if (options.replace === true) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  place.read();
}

/** Lets plain links work without loading the page anew, and Back and Forward too. Returns the function that ends it. */
export function startRouter(): () => void {
  const onPop = (): void => place.read();
  const onClick = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || link.origin !== window.location.origin || link.target !== '' || link.hasAttribute('download')) return;
    if (link.pathname.startsWith('/api/') || link.pathname.startsWith('/oeffentlich/') || link.hash !== '') return;
    event.preventDefault();
    go(link.pathname + link.search);
  };
  window.addEventListener('popstate', onPop);
  document.addEventListener('click', onClick);
  return () => {
    window.removeEventListener('popstate', onPop);
    document.removeEventListener('click', onClick);
  };
}
