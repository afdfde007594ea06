/** Folder of the files that pdf.js fetches by name (tools/pdf-assets.ts). */
declare const __PDFJS_ASSETS__: string;
