import { amount } from '../../../model/attributes.ts';
import type { SpanContent, Trace } from '../../../model/types.ts';
import { amountTest } from './amountTest.ts';
import { presence } from './envelopeTest.ts';
import { fieldNamed } from '../syntax/fields.ts';
import { leaves } from './leaves.ts';
import { inputTexts, outputTexts, type SpanText } from './spanTexts.ts';
import { textTest } from './textTest.ts';
import type { FieldTerm } from '../types.ts';

/** Asks of what the span at an index holds. */
export type ContentTest = (content: SpanContent, index: number) => boolean;

/**
 * The test of a field that only the content answers. Attributes are those of the span, and where it has none of that
 * key, of its resource. `negated` is not in it.
 */
export function contentTest(trace: Trace, term: FieldTerm): ContentTest {
  const { field, key = '', operator, values } = term;
  const whole = textTest(values, true);
  const part = operator === '=' ? whole : textTest(values, false);
  switch (field) {
    case 'in':
      return (content) => some(inputTexts(content), part.fits);
    case 'out':
      return (content) => some(outputTexts(content), part.fits);
    case 'tool':
      return ({ tool }) => tool !== null && whole.fits(tool.name);
    case 'attr': {
      const amounts = amountTest(operator, values);
      const isOrder = operator !== ':' && operator !== '=';
      return (content) => {
        const value = attributeOf(content, key);
        if (value === undefined || value === null) return false;
        if (amounts(amount(value) ?? Number.NaN)) return true;
        if (isOrder) return false;
        // 50 is in 500, but not what was asked for.
        if (typeof value !== 'string' && typeof value !== 'object') return whole.fits(String(value));
        return some(leaves(value, ''), part.fits);
      };
    }
    default: {
      // `has:` of several fields, of which the envelope may answer some.
      const tests = values.map(({ text }): ContentTest => {
        const inEnvelope = presence(trace, text);
        return inEnvelope ? (_, index) => inEnvelope(index) : (content) => isThere(content, text);
      });
      return (content, index) => tests.some((test) => test(content, index));
    }
  }
}

const attributeOf = ({ attributes, resource }: SpanContent, key: string): unknown =>
  attributes.get(key) ?? resource.get(key);

function some(texts: Iterable<Pick<SpanText, 'text'>>, fits: (text: string) => boolean): boolean {
  for (const { text } of texts) if (fits(text)) return true;
  return false;
}

/** `has:` of a field that is in the content. */
function isThere(content: SpanContent, name: string): boolean {
  const named = fieldNamed(name);
  switch (named?.field.name) {
    case 'in':
      return some(inputTexts(content), (text) => text !== '');
    case 'out':
      return some(outputTexts(content), (text) => text !== '');
    case 'tool':
      return content.tool !== null;
    case 'attr':
      return attributeOf(content, named.key ?? '') !== undefined;
    default:
      return false;
  }
}
