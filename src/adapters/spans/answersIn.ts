import { isObject } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';

/** The messages of a completion, of OpenAI or Anthropic. */
export function answersIn(output: unknown): unknown {
  if (!isObject(output)) return textOf(output) === null ? null : [{ role: 'assistant', content: output }];
  const { choices } = output;
  if (Array.isArray(choices))
    return choices.filter(isObject).map((choice) => ({
      ...(isObject(choice['message']) ? choice['message'] : {}),
      finish_reason: choice['finish_reason'],
    }));
  return 'content' in output
    ? [{ role: 'assistant', content: output['content'], stop_reason: output['stop_reason'] }]
    : null;
}
