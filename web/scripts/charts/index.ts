// Draws charts in place of the server's own drawings:
//   <figure class="app-chart" data-chart="KIND" data-chart-data='{json}'>
//     <div class="app-chart__wide"><svg …></svg></div><div class="app-chart__narrow"><svg …></svg></div></figure>
// The server's drawings stay until a chart is drawn, and stay for good when drawing fails.

import { cohortLines } from './cohort_lines'
import { funnel } from './funnel'
import { histogram } from './histogram'
import { intervalPlot } from './interval_plot'
import { drawInto, type LiveChart } from './live_chart'
import { sankey } from './sankey'
import { stackedShare } from './stacked_share'

/** The kinds by the value of `data-chart`; the data are what the server wrote for the kind. */
const kinds: Readonly<Record<string, (data: any, description: string) => LiveChart>> = {
  stacked_share: stackedShare,
  cohort_lines: cohortLines,
  sankey,
  histogram,
  funnel,
  interval_plot: intervalPlot
}

function enhance(figure: HTMLElement): void {
  const kind = kinds[figure.dataset['chart'] ?? '']
  if (!kind) return
  const textOf = (name: string): string => figure.querySelector(`svg > ${name}`)?.textContent ?? ''
  try {
    drawInto(figure, textOf('title'), kind(JSON.parse(figure.dataset['chartData'] ?? 'null'), textOf('desc')))
  } catch (problem) {
    console.warn('a chart could not be drawn', figure.dataset['chart'], problem)
    return
  }
  // The server's drawings stay for print, which knows no pointer.
  figure.classList.add('app-chart--live')
}

for (const figure of document.querySelectorAll<HTMLElement>('figure[data-chart]')) enhance(figure)
