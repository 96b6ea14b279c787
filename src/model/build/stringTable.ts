/** Keeps each text once and refers to it by number. 0 is the empty string and stands for "none". */
export interface StringTable {
  readonly list: readonly string[];
  id(text: string | null): number;
}

export function createStringTable(): StringTable {
  const list = [''];
  const ids = new Map<string, number>([['', 0]]);
  return {
    list,
    id(text) {
      if (text === null) return 0;
      let id = ids.get(text);
      if (id === undefined) {
        id = list.push(text) - 1;
        ids.set(text, id);
      }
      return id;
    },
  };
}
