/** Charts as one picture. */

/** Pixels of the picture for each of the page's. */
const SCALE = 2;
const MARGIN = 16;
const TITLE_HEIGHT = 40;
const KEY_HEIGHT = 24;

/**
 * The charts of an element's figures, one below the other, each under its title and its key, as a PNG in the page's colours.
 *
 * @param charts holds a `figure` for each, with its drawing in it
 */
export async function pictureOf(charts: HTMLElement): Promise<Blob> {
  const parts = await Promise.all([...charts.querySelectorAll("figure")].map(partOf));
  const width = Math.max(...parts.map(({ image }) => image.width)) + 2 * MARGIN;
  const height = parts.reduce((sum, { image }) => sum + image.height + TITLE_HEIGHT + KEY_HEIGHT, 2 * MARGIN);
  const canvas = new OffscreenCanvas(width * SCALE, height * SCALE);
  const context = canvas.getContext("2d");
  if (!context) throw new RangeError("There is no canvas to draw on.");
  const style = getComputedStyle(charts);
  context.scale(SCALE, SCALE);
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--surface");
  context.fillRect(0, 0, width, height);
  let top = MARGIN;
  for (const { title, key, image } of parts) {
    context.fillStyle = style.color;
    context.font = `600 18px ${style.fontFamily}`;
    context.fillText(title, MARGIN, top + 22);
    drawKey(context, key, top + TITLE_HEIGHT, style);
    context.drawImage(image, MARGIN, top + TITLE_HEIGHT + KEY_HEIGHT, image.width, image.height);
    top += image.height + TITLE_HEIGHT + KEY_HEIGHT;
  }
  return canvas.convertToBlob({ type: "image/png" });
}

interface KeyEntry {
  readonly name: string;
  readonly colour: string;
}

interface Part {
  readonly title: string;
  readonly key: readonly KeyEntry[];
  readonly image: HTMLImageElement;
}

async function partOf(figure: HTMLElement): Promise<Part> {
  const chart = figure.querySelector("svg");
  if (!chart) throw new RangeError("The chart is not drawn yet.");
  const key = [...figure.querySelectorAll("button[aria-pressed=true]")].map((button) => {
    const swatch = button.querySelector("span");
    return { name: button.textContent ?? "", colour: swatch ? getComputedStyle(swatch).borderTopColor : "" };
  });
  return { title: figure.getAttribute("aria-label") ?? "", key, image: await imageOf(chart) };
}

function drawKey(
  context: OffscreenCanvasRenderingContext2D,
  key: readonly KeyEntry[],
  top: number,
  style: CSSStyleDeclaration,
) {
  let left = MARGIN;
  context.font = `13px ${style.fontFamily}`;
  for (const { name, colour } of key) {
    context.fillStyle = colour;
    context.fillRect(left, top + 6, 18, 3);
    context.fillStyle = style.color;
    context.fillText(name, left + 24, top + 12);
    left += 24 + context.measureText(name).width + 20;
  }
}

/** An image knows nothing of the page's styles: what they say goes into the drawing itself. */
async function imageOf(svg: SVGSVGElement): Promise<HTMLImageElement> {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [...svg.querySelectorAll("*")];
  for (const [at, element] of [...copy.querySelectorAll("*")].entries()) {
    const original = originals[at];
    if (!original) continue;
    const { stroke, fill, fontFamily, fontSize } = getComputedStyle(original);
    for (const [name, value] of Object.entries({ stroke, fill, "font-family": fontFamily, "font-size": fontSize })) {
      element.setAttribute(name, value);
    }
  }
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}
