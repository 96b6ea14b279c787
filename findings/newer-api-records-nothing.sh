#!/usr/bin/env bash
# A library whose copy of OpenTelemetry's API is one minor version newer than the program's records nothing, and says nothing.
#
# Packages    @opentelemetry/api 1.9.1 and 1.10.0, @opentelemetry/sdk-trace-node 2.12.0
# Expected    Both are version 1 and share one provider by a global of the process, whoever brought which copy. Two copies are common:
#             packages of a monorepo, a plugin in a folder of its own, a program that pins 1.9.1 next to a library that asks for ^1.10.0.
# Seen        It depends on who is newer. A library with 1.9.1 below a program with 1.10.0 records its spans. A library with 1.10.0 below a
#             program with 1.9.1 gets a tracer that does nothing: no span, no error, and not a word to a `diag` logger that hears all.
# For readers A step that vanished from its traces after an update may run as before. `npm ls @opentelemetry/api` tells; in the trace it
#             looks as if it never ran, and its tokens are missing from every sum.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
install() {
  local folder=$1
  shift
  mkdir -p "$folder"
  echo '{ "private": true, "type": "module" }' > "$folder/package.json"
  (cd "$folder" && npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps "$@" > /dev/null)
}
install program-old @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0
install program-new @opentelemetry/api@1.10.0 @opentelemetry/sdk-trace-node@2.12.0
# A folder inside the program's, as npm makes them for what cannot be shared: each library finds its own copy first.
for program in program-old program-new; do
  install "$program/library-old" @opentelemetry/api@1.9.1
  install "$program/library-new" @opentelemetry/api@1.10.0
  echo "export { trace } from '@opentelemetry/api';" | tee "$program/library-old/index.js" > "$program/library-new/index.js"
  cat > "$program/probe.js" <<'JS'
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

let said = 0;
const hear = () => void (said += 1);
const exporter = new InMemorySpanExporter();
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
diag.setLogger({ error: hear, warn: hear, info: hear, debug: hear, verbose: hear }, DiagLogLevel.ALL);
said = 0;
const { trace } = await import(`./library-${process.argv[2]}/index.js`);
trace.getTracer('library').startSpan('model call').end();
console.log(`${exporter.getFinishedSpans().length} span, ${said} words`);
JS
done
seen="old program, old library: $(node program-old/probe.js old)
old program, new library: $(node program-old/probe.js new)
new program, old library: $(node program-new/probe.js old)
new program, new library: $(node program-new/probe.js new)"
echo "recorded, by the version of OpenTelemetry's API (old 1.9.1, new 1.10.0):"
echo "$seen"
[ "$seen" = "old program, old library: 1 span, 0 words
old program, new library: 0 span, 0 words
new program, old library: 1 span, 0 words
new program, new library: 1 span, 0 words" ]
