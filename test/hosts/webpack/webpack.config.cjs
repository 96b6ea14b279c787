const { copyFileSync, mkdirSync } = require('node:fs');

mkdirSync('dist', { recursive: true });
for (const page of ['index.html', 'worker.html']) copyFileSync(page, `dist/${page}`);

module.exports = {
  entry: { main: './src/main.jsx', worker: './src/worker.jsx' },
  performance: { hints: false },
  module: {
    rules: [
      { test: /\.jsx$/, loader: 'esbuild-loader', options: { jsx: 'automatic', target: 'es2022' } },
      { test: /\.css$/, use: ['style-loader', 'css-loader'] },
    ],
  },
};
