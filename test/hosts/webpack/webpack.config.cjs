const { copyFileSync, mkdirSync } = require('node:fs');

mkdirSync('dist', { recursive: true });
copyFileSync('index.html', 'dist/index.html');

module.exports = {
  entry: './src/main.jsx',
  performance: { hints: false },
  module: {
    rules: [
      { test: /\.jsx$/, loader: 'esbuild-loader', options: { jsx: 'automatic', target: 'es2022' } },
      { test: /\.css$/, use: ['style-loader', 'css-loader'] },
    ],
  },
};
