import { expect, it } from 'vitest';
import { visibleControls } from '../src/visibleControls.ts';

it('writes out what turns text round or hides in it, and leaves lines and letters alone', () => {
  expect(visibleControls('user\u202Egpj.exe')).toBe('user⟨U+202E⟩gpj.exe');
  expect(visibleControls('a\u0000b\u0085')).toBe('a⟨U+0000⟩b⟨U+0085⟩');
  expect(visibleControls('line\n\ttab שלום 👩‍💻')).toBe('line\n\ttab שלום 👩‍💻');
});
