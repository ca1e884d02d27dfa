// Draws charts in place of the server's own drawings:
//   <figure class="app-chart" data-chart="KIND" data-chart-data='{json}'><svg …></svg><figcaption>…</figcaption></figure>
// A kind is a module beside this one that calls `chartKinds.set`, or is listed below. The server's SVG stays until a
// chart is drawn, and stays for good when drawing fails. The Content-Security-Policy refuses style attributes in markup:
// tooltips must be made with `renderMode: 'richText'` or from elements, not from text with style="…".

import { drawKinds, type DrawChart } from './kinds'

function drawInto(figure: HTMLElement, draw: DrawChart): void {
  const drawing = figure.querySelector('svg')
  if (!drawing) return
  const canvas = document.createElement('div')
  canvas.className = 'app-chart__canvas'
  drawing.before(canvas)
  drawing.classList.add('app-chart__drawing--behind')
  try {
    draw(canvas, JSON.parse(figure.dataset['chartData'] ?? 'null'), figure)
    drawing.remove()
  } catch (problem) {
    canvas.remove()
    drawing.classList.remove('app-chart__drawing--behind')
    console.warn('a chart could not be drawn', figure.dataset['chart'], problem)
  }
}

for (const figure of document.querySelectorAll<HTMLElement>('figure[data-chart]')) {
  const draw = drawKinds[figure.dataset['chart'] ?? '']
  if (draw) drawInto(figure, draw)
}
