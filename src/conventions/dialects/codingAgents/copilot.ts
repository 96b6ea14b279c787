import type { Dialect } from '../../types.ts';

/**
 * GitHub Copilot's chat in VS Code (microsoft/vscode, extensions/copilot, platform/otel), which writes `genAi` and these
 * beside it. Its costs are premium requests and units of its own, and no money.
 */
export const copilot: Dialect = {
  name: 'copilot',
  slots: {
    'copilot_chat.chat_session_id': 'sessionId',
    'copilot_chat.time_to_first_token': 'firstTokenMillis',
  },
};
