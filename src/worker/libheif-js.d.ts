/** What of libheif-js 1.23.2 is used; its own types say less. */
declare module "libheif-js/libheif-wasm/libheif.js" {
  export default function libheif(options: { readonly wasmBinary: ArrayBuffer }): import("./libheif.ts").Heif;
}
