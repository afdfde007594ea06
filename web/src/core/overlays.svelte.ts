/** Which of the program's own dialogs is open. */
class Overlays {
  current = $state<'palette' | 'help'>();

  openPalette(): void {
    this.current = 'palette';
  }
  openHelp(): void {
    this.current = 'help';
  }
  close(): void {
    this.current = undefined;
  }
}

export const overlays = new Overlays();
