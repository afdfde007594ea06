/** How much is this person's to do, as far as this browser knows; shown in the main menu. */
class Offen {
  count = $state<number>();
}

export const offen = new Offen();
