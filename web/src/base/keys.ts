/** True when keys belong to the element: then single letters are text, not commands. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'file'].includes(target.type);
}

/** The name of a pressed key as key tables write it: `j`, `?`, `Enter`, `Strg+K`. Strg is also the Mac's ⌘. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const prefix = event.ctrlKey || event.metaKey ? 'Strg+' : event.altKey ? 'Alt+' : '';
  const key = event.key === ' ' ? 'Leertaste' : event.key;
  return prefix + (prefix !== '' && key.length === 1 ? key.toUpperCase() : key);
}
