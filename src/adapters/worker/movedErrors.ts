import { TraceInputError, type TraceInputErrorCode } from '../../model/diagnostics.ts';
import type { MovedError } from './messages.ts';

export function movedError(error: unknown): MovedError {
  if (error instanceof TraceInputError) {
    const { code, name, message, line, position } = error;
    return {
      code,
      name,
      message,
      ...(line === undefined ? {} : { line }),
      ...(position === undefined ? {} : { position }),
    };
  }
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: 'Error', message: String(error) };
}

export function arrivedError({ code, name, message, line, position }: MovedError): Error {
  if (code !== undefined) return new TraceInputError(code as TraceInputErrorCode, message, { line, position });
  const error = new Error(message);
  error.name = name;
  return error;
}
