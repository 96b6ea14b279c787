/** The address of a worker that the build makes of a module. */
declare module '*?worker&url' {
  const address: string;
  export default address;
}
