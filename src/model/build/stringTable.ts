import { remains } from './remains.ts';

/** Keeps each text once and refers to it by number. 0 is the empty string and stands for "none". */
export class StringTable {
  readonly list: string[] = [''];
  readonly #ids = new Map<string, number>([['', 0]]);

  id(text: string | null): number {
    if (text === null) return 0;
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.list.push(text) - 1;
      this.#ids.set(text, id);
    }
    return id;
  }
}

remains(new StringTable());
