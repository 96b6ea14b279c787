import { textOf } from '../../../model/attributes.ts';
import type { ToolDefinition } from '../../../model/types.ts';
import { isObject, jsonList, jsonObject, optional, parsed } from '../../json.ts';

/**
 * A tool that a model may call, as JSON text or structure: OpenTelemetry's `{ name, description, parameters }`,
 * OpenAI's `{ function: {…} }`, Anthropic's `input_schema`, the AI SDK's `inputSchema` and Bedrock's `{ toolSpec }`. A
 * tool of the provider's own has no schema and is often named by its type alone. Null for what is no object.
 */
export function readToolDefinition(value: unknown): ToolDefinition | null {
  const outer = jsonObject(value);
  if (!outer) return null;
  const body = jsonObject(outer['function'] ?? outer['toolSpec']) ?? outer;
  const schema = parsed(
    body['parameters'] ??
      body['input_schema'] ??
      body['inputSchema'] ??
      body['parameters_json_schema'] ??
      body['parametersJsonSchema'] ??
      body['arguments'],
  );
  const parameters = isObject(schema) && isObject(schema['json']) ? schema['json'] : schema;
  return {
    name: textOf(body['name']) ?? textOf(outer['id']) ?? textOf(outer['type']) ?? '',
    ...optional('description', body['description']),
    ...(parameters === undefined ? {} : { parameters }),
  };
}

/** The tools in what a model was asked, where a provider's request is recorded whole. */
export function requestedTools(request: unknown): readonly ToolDefinition[] | null {
  const asked = jsonObject(request);
  if (!asked) return null;
  const holder = [asked['config'], asked['toolConfig']].find(isObject);
  const tools = readToolDefinitions(asked['tools'] ?? holder?.['tools']);
  return tools && tools.length > 0 ? tools : null;
}

/** The tools of a list, given as JSON text or structure, Gemini's `{ functionDeclarations }` among them; null where there is no list. */
export function readToolDefinitions(value: unknown): readonly ToolDefinition[] | null {
  return (
    jsonList(value)?.flatMap((entry): readonly ToolDefinition[] => {
      // Some record the names alone.
      if (typeof entry === 'string' && !/^\s*\{/.test(entry)) return [{ name: entry }];
      const declared = jsonObject(entry)?.['functionDeclarations'] ?? jsonObject(entry)?.['function_declarations'];
      if (Array.isArray(declared)) return declared.flatMap((each) => readToolDefinition(each) ?? []);
      const definition = readToolDefinition(entry);
      return definition ? [definition] : [];
    }) ?? null
  );
}
