/**
 * The attributes of single steps, as OpenInference, OpenTelemetry GenAI and the HTTP and database instrumentations
 * write them.
 */

const MODELS = ['gpt-4.1-mini', 'gpt-4.1', 'claude-sonnet-4-5', 'claude-haiku-4-5'];
const TOOLS = ['lookup_order', 'search_policies', 'issue_refund', 'send_reply', 'open_ticket', 'check_stock'];

const usage = (random) => ({
  input: random.between(400, 9000),
  output: random.between(20, 900),
  cached: random.between(0, 300),
});
const toolArguments = (random) =>
  JSON.stringify({
    order: `NW-${random.between(10_000, 99_999)}`,
    reason: 'duplicate_charge',
    limit: random.between(1, 20),
  });

export function openInferenceLlm(random) {
  const { input, output, cached } = usage(random);
  const price = (input * 0.4 + output * 1.6) / 1e6;
  return {
    'openinference.span.kind': 'LLM',
    'llm.model_name': random.pick(MODELS),
    'llm.provider': 'openai',
    'llm.system': 'openai',
    'llm.invocation_parameters': '{"temperature":0.2,"max_tokens":1024,"tool_choice":"auto"}',
    'llm.input_messages.0.message.role': 'system',
    'llm.input_messages.0.message.content': random.text(3),
    'llm.input_messages.1.message.role': 'user',
    'llm.input_messages.1.message.content': random.text(4),
    'llm.output_messages.0.message.role': 'assistant',
    'llm.output_messages.0.message.content': random.text(2),
    'llm.output_messages.0.message.tool_calls.0.tool_call.id': `call_${random.hex(16)}`,
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': random.pick(TOOLS),
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': toolArguments(random),
    'llm.token_count.prompt': input,
    'llm.token_count.completion': output,
    'llm.token_count.total': input + output,
    'llm.token_count.prompt_details.cache_read': cached,
    'llm.cost.total': price,
    'input.value': random.text(4),
    'input.mime_type': 'text/plain',
    'output.value': random.text(2),
    'output.mime_type': 'text/plain',
  };
}

export function genAiChat(random) {
  const { input, output, cached } = usage(random);
  const model = random.pick(MODELS);
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'anthropic',
    'gen_ai.request.model': model,
    'gen_ai.response.model': `${model}-20251001`,
    'gen_ai.response.id': `msg_${random.hex(24)}`,
    'gen_ai.response.finish_reasons': ['tool_call'],
    'gen_ai.request.temperature': 0.2,
    'gen_ai.request.max_tokens': 1024,
    'gen_ai.usage.input_tokens': input,
    'gen_ai.usage.output_tokens': output,
    'gen_ai.usage.cache_read.input_tokens': cached,
    'gen_ai.response.time_to_first_chunk': random.between(100, 900) / 1000 + 0.0001,
    'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: random.text(3) }]),
    'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: random.text(5) }] }]),
    'gen_ai.output.messages': JSON.stringify([
      {
        role: 'assistant',
        finish_reason: 'tool_call',
        parts: [
          { type: 'text', content: random.text(2) },
          {
            type: 'tool_call',
            id: `toolu_${random.hex(16)}`,
            name: random.pick(TOOLS),
            arguments: { order: 'NW-20418' },
          },
        ],
      },
    ]),
  };
}

export const agent = (random, name) => ({
  'openinference.span.kind': 'AGENT',
  'agent.name': name,
  'session.id': 'conv_8841',
  'user.id': 'c_20418',
  'input.value': random.text(3),
  'input.mime_type': 'text/plain',
  'output.value': random.text(2),
  'output.mime_type': 'text/plain',
});

export const chain = (random) => ({
  'openinference.span.kind': 'CHAIN',
  'input.value': random.text(2),
  'output.value': random.text(2),
});

export function tool(random) {
  const name = random.pick(TOOLS);
  return {
    'openinference.span.kind': 'TOOL',
    'tool.name': name,
    'tool.description': 'Looks things up in the systems of the shop.',
    'tool.parameters': toolArguments(random),
    'output.value': JSON.stringify({ ok: true, order: 'NW-20418', note: random.text(1) }),
    'output.mime_type': 'application/json',
  };
}

export function retriever(random) {
  const documents = Array.from({ length: 3 }, (_, i) => [
    [`retrieval.documents.${i}.document.id`, `policy-${random.between(1, 400)}`],
    [`retrieval.documents.${i}.document.content`, random.text(2)],
    [`retrieval.documents.${i}.document.score`, 0.95 - i / 10],
  ]);
  return {
    'openinference.span.kind': 'RETRIEVER',
    'input.value': random.text(1),
    ...Object.fromEntries(documents.flat()),
  };
}

export const embedding = (random) => ({
  'openinference.span.kind': 'EMBEDDING',
  'embedding.model_name': 'text-embedding-3-small',
  'embedding.embeddings.0.embedding.text': random.text(1),
  'llm.token_count.prompt': 24,
  'llm.token_count.total': 24,
});

export const http = (random) => ({
  'http.request.method': random.pick(['GET', 'POST']),
  'url.full': `https://orders.northwind.example/v2/orders/NW-${random.between(10_000, 99_999)}`,
  'server.address': 'orders.northwind.example',
  'server.port': 443,
  'http.response.status_code': 200,
  'network.protocol.version': '1.1',
  'user_agent.original': 'support-api/2.14.0',
});

export const db = (random) => ({
  'db.system.name': 'postgresql',
  'db.namespace': 'orders',
  'db.operation.name': 'SELECT',
  'server.address': 'db-3.internal',
  'server.port': 5432,
  'db.query.text': `SELECT id, amount, state FROM captures WHERE order_id = $1 ORDER BY created_at LIMIT ${random.between(1, 50)}`,
});
