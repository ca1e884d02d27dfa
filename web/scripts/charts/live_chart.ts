// A chart in the page: ECharts in a frame that fits its column, follows its size, and can be read with the arrow keys.

import { init, type EChartsCoreOption } from './echarts'

/** One stop of the arrow keys, and what a screen reader says there. */
export interface Stop {
  seriesIndex: number
  dataIndex: number
  words: string
  /** A band between two groups: it has no tooltip of its own for keys, so the words are shown under the chart. */
  dataType?: 'edge'
}

/** What a kind of chart makes of its data for a width in pixels. */
export interface LiveChart {
  height: number
  option: (width: number) => EChartsCoreOption
  stops: Stop[]
}

function element(className: string, attributes: Record<string, string> = {}): HTMLElement {
  const made = document.createElement('div')
  made.className = className
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}

/** Draws before the first child of the figure. Throws, and leaves the figure as it was, when it cannot. */
export function drawInto(figure: HTMLElement, title: string, live: LiveChart): void {
  const frame = element('app-chart__live', { tabindex: '0', role: 'group', 'aria-label': `${title}. Arrow keys read it.` })
  const canvas = element('app-chart__canvas')
  const words = element('nhsuk-u-visually-hidden', { 'aria-live': 'polite' })
  canvas.style.height = `${live.height}px`
  frame.append(canvas, words)
  figure.prepend(frame)
  try {
    const width = Math.max(280, frame.clientWidth)
    const chart = init(canvas, null, { renderer: 'svg', width, height: live.height })
    try {
      chart.setOption(live.option(width))
    } catch (problem) {
      chart.dispose()
      throw problem
    }
    follow(frame, chart, live)
    readWithKeys(frame, words, chart, live.stops)
  } catch (problem) {
    frame.remove()
    throw problem
  }
}

type Chart = ReturnType<typeof init>

function follow(frame: HTMLElement, chart: Chart, live: LiveChart): void {
  let drawnWidth = chart.getWidth()
  const observer = new ResizeObserver(() => {
    if (!frame.isConnected) {
      observer.disconnect()
      chart.dispose()
      return
    }
    const width = Math.max(280, frame.clientWidth)
    if (width === drawnWidth || frame.clientWidth === 0) return
    drawnWidth = width
    chart.resize({ width, height: live.height })
    chart.setOption(live.option(width), { notMerge: true })
  })
  observer.observe(frame)
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

function readWithKeys(frame: HTMLElement, words: HTMLElement, chart: Chart, stops: readonly Stop[]): void {
  let at = -1
  const leave = (): void => {
    chart.dispatchAction({ type: 'hideTip' })
    chart.dispatchAction({ type: 'downplay' })
  }
  frame.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') return leave()
    const step = steps[event.key]
    if (step === undefined || stops.length === 0) return
    event.preventDefault()
    at = at < 0 ? (step > 0 ? 0 : stops.length - 1) : (at + step + stops.length) % stops.length
    const stop = stops[at]
    if (!stop) return
    leave()
    const { words: text, ...place } = stop
    chart.dispatchAction({ type: 'highlight', ...place })
    if (!stop.dataType) chart.dispatchAction({ type: 'showTip', ...place })
    words.className = stop.dataType ? 'app-chart__reading' : 'nhsuk-u-visually-hidden'
    words.textContent = text.replace(/\n/g, '. ')
  })
  frame.addEventListener('blur', leave)
}
