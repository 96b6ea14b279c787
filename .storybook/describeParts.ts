import { fileURLToPath } from 'node:url';
import { API, SymbolFlags, type Checker, type Symbol } from 'typescript/unstable/sync';

export interface DescribedProp {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
  readonly default: string | null;
}

export interface DescribedExport {
  readonly name: string;
  readonly description: string;
  /** Of a component, those of the interface `XProps` that stands beside X; null = no component. */
  readonly props: readonly DescribedProp[] | null;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Every value that `spanwise` adds to `spanwise/core`, with what the docstrings say of it and its props. The compiler is
 * asked: props are made by mapped types from a table, which no reader of syntax follows.
 */
export function describeParts(): readonly DescribedExport[] {
  const api = new API({ cwd: root });
  try {
    const project = api.updateSnapshot({ openProjects: [`${root}tsconfig.json`] }).getProject(`${root}tsconfig.json`)!;
    const { program, checker } = project;
    const exportsOf = (file: string): ReadonlyMap<string, Symbol> =>
      new Map(
        checker
          .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(`${root}src/${file}`)!)!)
          .map((symbol) => [symbol.name, symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol]),
      );
    const headless = exportsOf('core.ts');
    const all = exportsOf('index.ts');
    return [...all]
      .filter(([name, { flags }]) => flags & SymbolFlags.Value && !headless.has(name))
      .map(([name, symbol]) => {
        const props = all.get(`${name}Props`);
        return {
          name,
          description: symbol.getDocumentationComment(checker),
          props: props ? propsOf(props, checker) : null,
        };
      });
  } finally {
    api.close();
  }
}

/** A piece of state is one prop, that says which two go with it. */
function propsOf(symbol: Symbol, checker: Checker): readonly DescribedProp[] {
  const props = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol)).map((prop) => ({
    name: prop.name,
    type: shortType(checker.typeToString(checker.getTypeOfSymbol(prop)!)),
    required: !(prop.flags & SymbolFlags.Optional),
    description: prop.getDocumentationComment(checker),
    default: prop.getJsDocTags(checker).find(({ name }) => name === 'default')?.text ?? null,
  }));
  const byName = new Map(props.map((prop) => [prop.name, prop]));
  const partners = new Map(
    props.map(({ name }) => {
      const capital = `${name[0]!.toUpperCase()}${name.slice(1)}`;
      return [name, [`default${capital}`, `on${capital}Change`].flatMap((each) => byName.get(each) ?? [])] as const;
    }),
  );
  const folded = new Set([...partners.values()].flat().filter(({ description }) => description === ''));
  return props
    .filter((prop) => !folded.has(prop))
    .map((prop) => {
      const others = partners.get(prop.name)!;
      const words = others.map(({ name }) => `\`${name}\``).join(', ');
      return {
        ...prop,
        description: words === '' ? prop.description : `${prop.description}\n\nAlso ${words}.`.trim(),
        default: prop.default ?? others.find((other) => other.default !== null)?.default ?? null,
      };
    });
}

/** Without the words that say nothing to a reader; the 460 labels by their name. */
const shortType = (type: string): string =>
  type
    .replace(/ \| undefined$/, '')
    .replace(/^Partial<\{.*\}>$/s, 'Partial<Labels>')
    .replace(/^Readonly<(.*)>$/, '$1');
