/** Whether the columns have folded: to one (`is`, as in styles/layout.css), or too few for a preview beside a list. */
class Narrow {
  is = $state(false);
  noPreview = $state(false);

  constructor() {
    this.watch('(max-width: 719px)', (matches) => (this.is = matches));
    this.watch('(max-width: 959px)', (matches) => (this.noPreview = matches));
  }

  private watch(condition: string, set: (matches: boolean) => void): void {
    const query = window.matchMedia?.(condition);
    if (query === undefined) return;
    set(query.matches);
    query.addEventListener('change', (event) => set(event.matches));
  }
}

export const narrow = new Narrow();
