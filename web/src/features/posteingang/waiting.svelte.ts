/** How many letters wait, as far as this browser knows; shown in the main menu. */
class Waiting {
  count = $state<number>();
}

export const waiting = new Waiting();
