declare module 'virtual:described-parts' {
  const described: readonly import('./describeParts.ts').DescribedExport[];
  export default described;
}
