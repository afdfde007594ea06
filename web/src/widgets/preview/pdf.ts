import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { GlobalWorkerOptions, TextLayer, getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

GlobalWorkerOptions.workerSrc = workerUrl;

const KEPT = 6;
const cache = new Map<string, Promise<PDFDocumentProxy>>();

/** Opens a PDF; the last few stay open, so that going back and forth in a list is immediate. */
export function openPdf(url: string): Promise<PDFDocumentProxy> {
  const known = cache.get(url);
  if (known !== undefined) {
    cache.delete(url);
    cache.set(url, known);
    return known;
  }
  const opening = getDocument({
    url,
    isEvalSupported: false,
    // Our own copies of the fonts that PDFs may leave out: the same page looks the same on every desk.
    useSystemFonts: false,
    useWasm: false,
    enableXfa: false,
    standardFontDataUrl: `${__PDFJS_ASSETS__}standard_fonts/`,
    wasmUrl: `${__PDFJS_ASSETS__}wasm/`,
  }).promise;
  cache.set(url, opening);
  opening.catch(() => cache.delete(url));
  for (const [oldest, document] of [...cache].slice(0, Math.max(0, cache.size - KEPT))) {
    cache.delete(oldest);
    void document.then((pdf) => pdf.loadingTask.destroy()).catch(() => undefined);
  }
  return opening;
}

export interface PageSize {
  width: number;
  height: number;
}

/** Size of a page in CSS pixels at scale 1. */
export async function pageSize(pdf: PDFDocumentProxy, nr: number): Promise<PageSize> {
  const viewport = (await pdf.getPage(nr)).getViewport({ scale: 1 });
  return { width: viewport.width, height: viewport.height };
}

/** Draws a page and its selectable text into the two elements; returns the function that stops it. */
export function drawPage(page: PDFPageProxy, scale: number, canvas: HTMLCanvasElement, text: HTMLElement): { done: Promise<void>; cancel: () => void } {
  const viewport = page.getViewport({ scale });
  const density = Math.min(window.devicePixelRatio, 3);
  canvas.width = Math.floor(viewport.width * density);
  canvas.height = Math.floor(viewport.height * density);
  text.replaceChildren();
  const drawing = page.render({ canvas, viewport, ...(density === 1 ? {} : { transform: [density, 0, 0, density, 0, 0] }) });
  const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
  const done = Promise.all([drawing.promise, layer.render()]).then(() => undefined);
  return {
    done,
    cancel: () => {
      drawing.cancel();
      layer.cancel();
    },
  };
}
